using Duplex.AspNetCore.Hosting;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Showcase.Hosting;
using Showcase.Stage.Shows;
using Showcase.Storage;
using Showcase.Visitors;

namespace Showcase.Stage;

/// <summary>Registers the stages and maps their channels, which docs/protocol/stage.md describes.</summary>
internal static class StageEndpoints
{
    private static readonly TimeSpan BatchDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>Registers the stages, their options and their namespaces.</summary>
    public static DuplexBuilder AddStages(this DuplexBuilder duplex, string folder)
    {
        duplex.Services.AddSection<StageOptions>("Stage");
        duplex.Services.AddStore("stage", (StageOptions options) => new StageStore(folder, options.MessagesPerStage));
        duplex.Services.AddSingleton<StageList>();
        duplex.Services.AddBackground<StageKeeper>();
        duplex.Services.Configure<VisitorOptions>(static limits =>
        {
            (limits.Person[StageActs.Present], limits.Address[StageActs.Present]) = (new(40, 4), new(200, 20));
            (limits.Person[StageActs.Ask], limits.Address[StageActs.Ask]) = (new(10, 0.2), new(60, 5));
            (limits.Person[StageActs.Vote], limits.Address[StageActs.Vote]) = (new(20, 2), new(400, 100));
            (limits.Person[StageActs.React], limits.Address[StageActs.React]) = (new(10, 5), new(400, 200));
            (limits.Person[StageActs.Point], limits.Address[StageActs.Point]) = (new(30, 12), new(100, 40));
        });
        return duplex
            .AddJsonContext(StageJson.Default)
            // Channels of state: their reply has the present one, and a slow consumer skips to the latest.
            .AddNamespace("stage", static ns => ns.SlowConsumers = SlowConsumerPolicy.Conflate)
            .AddNamespace("mood", static ns => ns.SlowConsumers = SlowConsumerPolicy.Conflate)
            .AddNamespace("speaker", static ns => ns.SlowConsumers = SlowConsumerPolicy.Conflate)
            .AddNamespace("poll", static ns =>
            {
                ns.SlowConsumers = SlowConsumerPolicy.Conflate;
                ns.MaxBatchDelay = BatchDelay;
                ns.BatchFlushLatest = true;
            })
            .AddNamespace("stages", MapNamespaces.List)
            .AddNamespace("questions", static ns =>
            {
                MapNamespaces.List(ns);
                ns.Map.MaxKeys = StageRules.MaxQuestions;
            })
            .AddNamespace("pointer", static ns => MapNamespaces.OfClients(ns, TimeSpan.FromSeconds(3)))
            .AddNamespace("hands", static ns => MapNamespaces.OfClients(ns, TimeSpan.FromMinutes(10)))
            .AddNamespace("talk", static ns =>
            {
                ns.HistorySize = 100;
                ns.HistoryTtl = TimeSpan.FromHours(1);
                ns.Recovery = true;
            });
    }

    /// <summary>Maps the channels and calls of the stages.</summary>
    public static void MapStages(this DuplexEndpointConventionBuilder hub)
    {
        // The shows are read at startup, so that a folder that is not writable fails the start.
        hub.ServiceProvider.GetRequiredService<StageKeeper>().Load();
        MapState(hub);
        MapPeople(hub);
        hub.MapSpeaker();
        hub.MapAudience();
    }

    /// <summary>Returns a stage.</summary>
    /// <exception cref="ClientException">404: there is none with this id.</exception>
    public static LiveStage Find(this StageList stages, string? id) =>
        stages.TryFind(id, out var stage) ? stage : throw new ClientException(404, "There is no such stage.");

    private static void MapState(DuplexEndpointConventionBuilder hub)
    {
        hub.MapChannel("stage:{stage}").OnSubscribe(async (string stage, ClientContext client, StageList stages, StageStore store) =>
        {
            var (visitor, found) = (Visitor.Of(client), stages.Find(stage));
            using var turn = await store.Turns.TakeAsync();
            return SubscribeDecision.Allow(new StageData(
                found.State, [.. stages.All.Select(static entry => new StageEntry(entry.Id, entry.Title))], found.Show is { } show ? store.VotesOf(show.Id, visitor.User) : []));
        });

        hub.MapChannel("poll:{stage}").OnSubscribe(async (string stage, ClientContext client, StageList stages, StageStore store) =>
        {
            var (visitor, found) = (Visitor.Of(client), stages.Find(stage));
            using var turn = await store.Turns.TakeAsync();
            return SubscribeDecision.Allow(new PollData(found.Poll, found.Show is { Poll: { } poll } show ? store.ChoiceOf(show.Id, poll.Id, visitor.User) : null));
        });

        // The channel of a show ends with it: the next speaker has another one.
        hub.MapChannel("speaker:{show}").OnSubscribe((string show, ClientContext client, StageList stages) =>
        {
            var visitor = Visitor.Of(client);
            var stage = stages.All.FirstOrDefault(stage => stage.Show?.Id == show) ?? throw new ClientException(404, "There is no such show.");
            StageRules.ShowOf(visitor, stage);
            return SubscribeDecision.Allow(stage.Audience);
        });

        hub.MapChannel("talk:{stage}").OnSubscribe(async (string stage, ClientContext client, StageList stages, StageStore store) =>
        {
            Visitor.Of(client);
            stages.Find(stage);
            using var turn = await store.Turns.TakeAsync();
            return SubscribeDecision.Allow(new TalkData(store.Messages.Page(stage, long.MaxValue, StageRules.MaxMessages)));
        });

        hub.MapChannel("mood:{stage}").OnSubscribe(static (string stage, ClientContext client, StageList stages) =>
        {
            Visitor.Of(client);
            return SubscribeDecision.Allow(stages.Find(stage).Mood);
        });
        hub.MapChannel("questions:{stage}").OnSubscribe(MayRead);
        hub.MapChannel("stages:all").OnSubscribe(static (ClientContext client) =>
        {
            Visitor.Of(client);
            return true;
        });
    }

    private static void MapPeople(DuplexEndpointConventionBuilder hub)
    {
        hub.MapChannel("pointer:{stage}")
            .OnSubscribe(MayRead)
            .OnPublish((string stage, Pointer pointer, ClientContext client, StageList stages) =>
            {
                var speaker = StageRules.Writer(client);
                speaker.Take(StageActs.Point);
                StageRules.ShowOf(speaker, stages.Find(stage));
                return PublishDecision.Allow(StageRules.Pointer(pointer));
            });

        hub.MapChannel("hands:{stage}")
            .OnSubscribe(MayRead)
            .OnPublish((string stage, Hand hand, ClientContext client, StageList stages) =>
            {
                var visitor = StageRules.Writer(client);
                visitor.Take(StageActs.Vote);
                StageRules.Show(stages.Find(stage));
                return PublishDecision.Allow(new Hand(visitor.User, visitor.Name));
            })
            .OnRemove((ClientContext client) =>
            {
                StageRules.Writer(client).Take(StageActs.Vote);
                return true;
            });
    }

    private static bool MayRead(string stage, ClientContext client, StageList stages)
    {
        Visitor.Of(client);
        stages.Find(stage);
        return true;
    }
}
