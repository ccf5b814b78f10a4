using System.Security.Cryptography;
using System.Text;
using Duplex.AspNetCore.Hosting;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Microsoft.Extensions.Options;
using Showcase.Conversations;
using Showcase.Hosting;
using Showcase.Storage;
using Showcase.Visitors;

namespace Showcase.Support;

/// <summary>Registers the helpdesk and maps its channels and the desk's calls, which docs/protocol/support.md describes.</summary>
public static class SupportEndpoints
{
    private const int LatestMessages = 50, MaxMissed = 100, LatestNotes = 100, LatestCases = 10;

    /// <summary>A visitor opens a case, of which the store keeps a limited number.</summary>
    public static Act Open { get; } = new("You are asking questions too fast");

    /// <summary>A visitor writes to the desk.</summary>
    public static Act Ask { get; } = new("You are sending messages too fast");

    /// <summary>A user sits down at the desk.</summary>
    public static Act Sit { get; } = new("Too many attempts to sit down");

    /// <summary>Registers the helpdesk, its options and its namespaces.</summary>
    /// <param name="duplex">The builder.</param>
    /// <param name="folder">The folder of the database.</param>
    /// <param name="key">The key that agents need; null for that of the configuration.</param>
    public static DuplexBuilder AddSupport(this DuplexBuilder duplex, string folder, string? key = null)
    {
        duplex.Services.AddSection<SupportOptions>("Support");
        if (key is not null) duplex.Services.Configure<SupportOptions>(options => options.Key = key);
        duplex.Services.AddStore("support", (SupportOptions options) => new CaseStore(folder, options));
        duplex.Services.AddSingleton<Seats>().AddSingleton<CaseRules>().AddSingleton<Desk>().AddHostedService<DeskService>();
        duplex.Services.Configure<VisitorOptions>(static limits =>
        {
            (limits.Person[Open], limits.Address[Open]) = (new(6, 20.0 / 3600), new(20, 60.0 / 3600));
            (limits.Person[Ask], limits.Address[Ask]) = (new(20, 20.0 / 60), new(60, 2));
            (limits.Person[Sit], limits.Address[Sit]) = (new(10, 0.5), new(30, 1));
        });
        return duplex
            .AddJsonContext(SupportJson.Default)
            .AddNamespace("case", static ns =>
            {
                Recover(ns);
                Show(ns);
            })
            .AddNamespace("notes", Recover)
            .AddNamespace("support-typing", static _ => { })
            .AddNamespace("reports", static ns => MapNamespaces.OfClients(ns, TimeSpan.FromMinutes(3)))
            .AddNamespace("cases", static ns => ns.SlowConsumers = SlowConsumerPolicy.Conflate)
            .AddNamespace("desk", static ns => ns.SlowConsumers = SlowConsumerPolicy.Conflate)
            .AddNamespace("inbox", MapNamespaces.List)
            .AddNamespace("claims", MapNamespaces.List)
            .AddNamespace("agents", Show);

        // A longer absence is bridged by the messages on the disk. Memory is bounded by the time.
        static void Recover(NamespaceOptions ns)
        {
            ns.HistorySize = 300;
            ns.HistoryTtl = TimeSpan.FromHours(1);
            ns.Recovery = true;
        }

        static void Show(NamespaceOptions ns)
        {
            ns.Presence = true;
            ns.JoinLeave = true;
            ns.ForceJoinLeave = true;
            ns.AllowPresenceForSubscriber = true;
        }
    }

    /// <summary>Maps the helpdesk's channels and calls.</summary>
    public static void MapSupport(this DuplexEndpointConventionBuilder hub)
    {
        // The store is created at startup, so that a folder that is not writable fails the start.
        hub.ServiceProvider.GetRequiredService<CaseStore>();
        MapCaseChannels(hub);
        MapDeskChannels(hub);
        MapDesk(hub);
        hub.MapCases();
    }

    private static void MapCaseChannels(DuplexEndpointConventionBuilder hub)
    {
        hub.MapChannel("case:{id}").OnSubscribe(async (string id, JoinCase? join, ClientContext client, CaseStore store, CaseRules rules) =>
        {
            var visitor = Visitor.Of(client);
            using var turn = await store.Turns.TakeAsync();
            var found = Readable(rules, id, visitor);
            var count = join?.Have is > 0 and var have ? Math.Clamp(found.LastId - have + 1, LatestMessages, MaxMissed) : LatestMessages;
            var data = new CaseData(found, store.Messages.Page(id, long.MaxValue, (int)count), store.Markers.Of(id));
            return SubscribeDecision.Allow(data) with { Info = new VisitorInfo(visitor.Name) };
        });

        // Notes have a channel of their own, to which no visitor can subscribe: a message cannot become one by a missing check.
        hub.MapChannel("notes:{id}").OnSubscribe(async (string id, ClientContext client, CaseStore store, CaseRules rules) =>
        {
            var agent = Visitor.Of(client);
            using var turn = await store.Turns.TakeAsync();
            return rules.IsAgent(agent.User) && store.Find(id) is not null
                ? SubscribeDecision.Allow(new NotesData(store.Messages.Page(CaseStore.NotesOf(id), long.MaxValue, LatestNotes)))
                : throw Denied;
        });

        hub.MapChannel("support-typing:{id}").OnSubscribe(MayReadAsync).OnPublish(static async (string id, ClientContext client, CaseStore store, CaseRules rules) =>
        {
            var visitor = Visitor.WithKey(client);
            visitor.Take(Act.Sign);
            await FindAsync(id, visitor, store, rules);
            return PublishDecision.Allow(new Typing());
        });

        // What a visitor's page reports with consent: an entry for each window, as long as it is open.
        hub.MapChannel("reports:{id}").OnSubscribe(MayReadAsync).OnPublish(static async (string id, Report report, ClientContext client, CaseStore store, CaseRules rules) =>
        {
            var visitor = Visitor.WithKey(client);
            visitor.Take(Act.Sign);
            var valid = new Report(CaseRules.Path(report.Page), CaseRules.Context(report.Context));
            var found = await FindAsync(id, visitor, store, rules);
            return found.User == visitor.User ? PublishDecision.Allow(valid) : throw Denied;
        });

        static async Task<bool> MayReadAsync(string id, ClientContext client, CaseStore store, CaseRules rules)
        {
            await FindAsync(id, Visitor.Of(client), store, rules);
            return true;
        }
    }

    private static void MapDeskChannels(DuplexEndpointConventionBuilder hub)
    {
        hub.MapChannel("cases:{user}").OnSubscribe(async (string user, ClientContext client, CaseStore store) =>
        {
            if (Visitor.Of(client).User is not { Length: > 0 } own || own != user) throw Denied;
            using var turn = await store.Turns.TakeAsync();
            return SubscribeDecision.Allow(new CasesData(
                [.. store.All.Where(found => found.User == user).OrderByDescending(static found => found.Opened).Take(LatestCases)]));
        });

        hub.MapChannel(Desk.StateChannel).OnSubscribe(async (ClientContext client, CaseStore store, Desk desk) =>
        {
            Visitor.Of(client);
            using var turn = await store.Turns.TakeAsync();
            return SubscribeDecision.Allow(desk.State);
        });

        foreach (var channel in (string[])[Desk.QueueChannel, Desk.ClaimsChannel, Seats.Channel])
        {
            hub.MapChannel(channel).OnSubscribe(static (ClientContext client, CaseRules rules) =>
            {
                var agent = Visitor.Of(client);
                return rules.IsAgent(agent.User) ? SubscribeDecision.Allow() with { Info = new VisitorInfo(agent.Name) } : throw Denied;
            });
        }
    }

    private static void MapDesk(DuplexEndpointConventionBuilder hub)
    {
        hub.MapRpc("desk.sit", async (SitParams sit, ClientContext client, CaseStore store, Seats seats, Desk desk, IOptions<SupportOptions> options) =>
        {
            var agent = Visitor.WithKey(client);
            agent.Take(Sit);
            if (options.Value.Key is { } key && !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(sit.Key ?? "")))
                throw new ClientException(403, sit.Key is null ? "The desk needs a key." : "The key is wrong.");
            using var turn = await store.Turns.TakeAsync();
            seats.Sit(agent.User, agent.Name);
            await desk.PublishStateAsync();
            return new SeatResult();
        });

        hub.MapRpc("desk.rise", async (ClientContext client, CaseStore store, Desk desk) =>
        {
            var agent = Visitor.WithKey(client);
            using var turn = await store.Turns.TakeAsync();
            await desk.RiseAsync(agent.User);
            return new SeatResult();
        });
    }

    private static ClientException Denied => new(ClientErrors.PermissionDenied);

    private static async Task<Case> FindAsync(string id, Visitor visitor, CaseStore store, CaseRules rules)
    {
        using var turn = await store.Turns.TakeAsync();
        return Readable(rules, id, visitor);
    }

    // Whoever may not read a case does not learn whether it exists.
    private static Case Readable(CaseRules rules, string id, Visitor visitor) => rules.Find(id, visitor.User) ?? throw Denied;
}
