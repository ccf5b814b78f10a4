using Duplex.AspNetCore.Hosting;
using Duplex.Messaging;
using Duplex.Messaging.Application;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Microsoft.Extensions.Options;
using Showcase.Applications;
using Showcase.Conversations;
using Showcase.Hosting;
using Showcase.News.Feeds;
using Showcase.News.Stories;
using Showcase.Storage;
using Showcase.Visitors;

namespace Showcase.News;

/// <summary>Registers the news wire and maps its channels and calls, which docs/protocol/news.md describes.</summary>
internal static class NewsEndpoints
{
    private const int MaxFound = 50, StoriesPerHour = 5, AddressPerHour = 20;

    private static readonly Act Write = new("You are publishing stories too fast"), Search = new("You are searching too fast");

    /// <summary>Returns the channel of a user's read marks.</summary>
    public static string MarksOf(string user) => $"news-user:#{user}";

    /// <summary>Registers the wire, its options and its namespaces.</summary>
    /// <param name="duplex">The builder.</param>
    /// <param name="folder">The folder of the database.</param>
    /// <param name="feeds">The file with the addresses of the feeds; null for none.</param>
    public static DuplexBuilder AddNews(this DuplexBuilder duplex, string folder, string? feeds)
    {
        duplex.Services.AddSection<NewsOptions>("News");
        duplex.Services.AddStore("news", (NewsOptions options) => new StoryStore(folder, options));
        duplex.Services.AddSingleton(feeds is null ? [] : FeedSource.ReadFile(feeds));
        duplex.Services.AddSingleton<Newsroom>().AddSingleton<FeedClient>().AddSingleton<AtomFeed>().AddBackground<Fetcher>();
        duplex.Services.AddHostedService<EventDesk>();
        duplex.Services.Configure<VisitorOptions>(static limits =>
        {
            (limits.Person[Write], limits.Address[Write]) = (new(StoriesPerHour, StoriesPerHour / 3600.0), new(AddressPerHour, AddressPerHour / 3600.0));
            (limits.Person[Search], limits.Address[Search]) = (new(10, 1), new(60, 5));
        });
        return duplex
            .AddJsonContext(NewsJson.Default)
            .AddNamespace("news", static ns =>
            {
                ns.HistorySize = 500;
                ns.HistoryTtl = TimeSpan.FromHours(24);
                ns.Recovery = true;
                ns.AllowTagsFilter = true;
            })
            .AddNamespace("news-user", static _ => { })
            .AddNamespace("sources", MapNamespaces.List);
    }

    /// <summary>Maps the channels and calls of the wire.</summary>
    public static void MapNews(this DuplexEndpointConventionBuilder hub)
    {
        // The store is created at startup, so that a folder that is not writable fails the start and not the first visitor.
        hub.ServiceProvider.GetRequiredService<StoryStore>();
        MapReading(hub);
        MapWriting(hub);
    }

    private static void MapReading(DuplexEndpointConventionBuilder hub)
    {
        // The filter of the subscription selects what is published and recovered; the choice, what the reply contains.
        hub.MapChannel("news:wire").OnSubscribe(async (PageParams? page, ClientContext client, StoryStore store, Announcements announcements) =>
        {
            Visitor.Of(client);
            announcements.Follow();
            using var turn = await store.Turns.TakeAsync();
            return SubscribeDecision.Allow(PageOf(store, page));
        });

        hub.MapChannel("sources:all").OnSubscribe((ClientContext client) =>
        {
            Visitor.Of(client);
            return true;
        });

        hub.MapChannel("news-user:#{user}").OnSubscribe(async (string user, ClientContext client, StoryStore store) =>
        {
            Visitor.WithKey(client, "have read marks").Owning(user);
            using var turn = await store.Turns.TakeAsync();
            return SubscribeDecision.Allow(new MarksData(store.MarksOf(user)));
        });

        hub.MapRpc("news.page", async (PageParams page, ClientContext client, StoryStore store) =>
        {
            Visitor.Of(client);
            using var turn = await store.Turns.TakeAsync();
            return PageOf(store, page);
        });

        hub.MapRpc("news.search", async (SearchParams search, ClientContext client, StoryStore store) =>
        {
            var (visitor, words) = (Visitor.Of(client), NewsRules.Words(search.Text));
            visitor.Take(Search);
            using var turn = await store.Turns.TakeAsync();
            return new StoriesData(store.Search(words, MaxFound), More: false);
        });

        hub.MapRpc("news.read", async (MarkParams read, ClientContext client, StoryStore store, IHub channels) =>
        {
            var (reader, mark) = (Visitor.WithKey(client, "have read marks"), NewsRules.Mark(read));
            reader.Take(Act.Sign);
            using var turn = await store.Turns.TakeAsync();
            store.Save(reader.User, mark);
            await channels.PublishAsync(MarksOf(reader.User), mark);
            return mark;
        });
    }

    private static void MapWriting(DuplexEndpointConventionBuilder hub)
    {
        hub.MapRpc("news.write", WriteAsync);

        hub.MapRpc("news.correct", async (CorrectParams correct, ClientContext client, StoryStore store, Newsroom newsroom) =>
        {
            var (editor, title, summary) = (Visitor.WithKey(client), NewsRules.Title(correct.Title), NewsRules.Summary(correct.Summary));
            editor.Take(Act.Message);
            using var turn = await store.Turns.TakeAsync();
            var story = NewsRules.Own(store, correct.Id, editor.User);

            // A correction whose reply was lost is sent again and changes nothing.
            if (story.Title == title && story.Summary == summary) return new CorrectResult(story, IsStored: true);
            if (story.Revision != correct.Revision || story.Retracted is not null) return new CorrectResult(story, IsStored: false);
            return new CorrectResult(await newsroom.ChangeAsync(story.Correct(title, summary, newsroom.Now)), IsStored: true);
        });

        hub.MapRpc("news.retract", async (RetractParams retract, ClientContext client, StoryStore store, Newsroom newsroom) =>
        {
            var (editor, reason) = (Visitor.WithKey(client), NewsRules.Reason(retract.Reason));
            editor.Take(Act.Message);
            using var turn = await store.Turns.TakeAsync();
            var story = NewsRules.Own(store, retract.Id, editor.User);
            return new StoryResult(story.Retracted is null ? await newsroom.ChangeAsync(story.Retract(reason, newsroom.Now)) : story);
        });
    }

    private static async Task<StoryResult> WriteAsync(
        WriteParams write, ClientContext client, StoryStore store, Newsroom newsroom, Fetcher fetcher, IOptions<NewsOptions> options)
    {
        var (editor, clientId, desk) = (Visitor.WithKey(client), MessageText.ClientId(write.ClientId), OwnSource.Desk.Id);
        var (title, summary, topic) = (NewsRules.Title(write.Title), NewsRules.Summary(write.Summary), NewsRules.Topic(write.Topic));
        using var turn = await store.Turns.TakeAsync();
        var key = $"{editor.User} {clientId}";
        if (store.Find(desk, key) is not { } story)
        {
            var wait = store.LastBreaking(desk) + (long)options.Value.BreakingInterval.TotalMilliseconds - newsroom.Now;
            if (write.Breaking == true && wait > 0)
                throw new ClientException(409, $"The wire has one breaking story in {options.Value.BreakingInterval.TotalMinutes:0} minutes: publish this one without the mark.");
            editor.Take(Write);
            var draft = new Story(0, 0, title, summary, desk, topic, newsroom.Now)
            {
                IsBreaking = write.Breaking == true,
                User = editor.User,
                Name = editor.Name,
                ClientId = clientId,
            };
            await newsroom.TakeAsync(new Item(key, title, summary, topic, draft.Time, null, null), draft);
            await fetcher.CountAsync(OwnSource.Desk);
            story = store.Find(desk, key);
        }

        // The same story of somebody else, or of an earlier call, stands for this one: every repetition has the same answer.
        return story?.User == editor.User && story.ClientId == clientId ? new(story) : throw new ClientException(409, "The wire has this story already.");
    }

    private static StoriesData PageOf(StoryStore store, PageParams? page)
    {
        var (choice, limit) = (NewsRules.Chosen(page?.Topics, page?.Hidden), NewsRules.Limit(page?.Limit));
        var stories = store.Page(choice, page?.Time ?? long.MaxValue, page?.Id ?? 0, limit + 1);
        return new([.. stories.Take(limit)], More: stories.Count > limit);
    }
}
