using System.Globalization;
using System.Text.Json;
using Duplex.AspNetCore.Hosting;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Polling;
using Showcase.Conversations;
using Showcase.Hosting;
using Showcase.Social.Posts;
using Showcase.Storage;
using Showcase.Visitors;

namespace Showcase.Social;

/// <summary>Registers the square and maps its channels, which docs/protocol/social.md describes.</summary>
internal static class SocialEndpoints
{
    internal const int PageSize = 50;

    internal static readonly Act Write = new("You are posting too fast"), Mark = new("You are changing likes, reposts and people too fast"), Read = new("You are reading too fast");

    /// <summary>Registers the square, its options and its namespaces.</summary>
    public static DuplexBuilder AddSocial(this DuplexBuilder duplex, string folder)
    {
        duplex.Services.AddSection<SocialOptions>("Social");
        duplex.Services.AddStore("social", (SocialOptions options) => new SocialStore(folder, options));
        duplex.Services.AddBackground<SocialFeed>();
        duplex.Services.Configure<VisitorOptions>(static limits =>
        {
            (limits.Person[Write], limits.Address[Write]) = (new(10, 10.0 / 60), new(60, 1));
            (limits.Person[Mark], limits.Address[Mark]) = (new(120, 2), new(600, 20));
            (limits.Person[Read], limits.Address[Read]) = (new(60, 5), new(300, 50));
        });
        return duplex
            .AddJsonContext(SocialJson.Default)
            .AddNamespace("square", static ns =>
            {
                Recovered(ns);
                ns.AllowPace = true;
                ns.MaxPaceDelay = TimeSpan.FromMinutes(1);
            })
            .AddNamespace("home", Recovered)
            .AddNamespace("thread", static ns =>
            {
                Recovered(ns);
                ns.Presence = ns.JoinLeave = ns.ForceJoinLeave = ns.AllowPresenceForSubscriber = true;
            })
            .AddNamespace("changes", Recovered)
            .AddNamespace("own", Recovered)
            .AddNamespace("thread-typing", static _ => { })
            // These channels carry state: a slow consumer skips to the latest publication of each key.
            .AddNamespace("notifications", static ns => ns.SlowConsumers = SlowConsumerPolicy.Conflate)
            .AddNamespace("trends", static ns => ns.SlowConsumers = SlowConsumerPolicy.Conflate)
            .AddNamespace("counts", static ns =>
            {
                ns.SubscriptionType = SubscriptionType.SharedPoll;
                ns.SlowConsumers = SlowConsumerPolicy.Conflate;
                ns.SharedPoll.RefreshInterval = TimeSpan.FromSeconds(1);
                ns.SharedPoll.IsVersioned = true;
                ns.SharedPoll.AllowUnsignedKeys = true;
                ns.SharedPoll.MaxKeysPerConnection = 200;
            });
    }

    private static void Recovered(NamespaceOptions ns)
    {
        ns.HistorySize = 300;
        ns.HistoryTtl = TimeSpan.FromHours(24);
        ns.Recovery = true;
        ns.MaxHistoryChannels = 10_000;
    }

    /// <summary>Maps the channels and calls of the square.</summary>
    public static void MapSocial(this DuplexEndpointConventionBuilder hub)
    {
        // The store is created at startup, so that a folder that is not writable fails the start and not the first visitor.
        hub.ServiceProvider.GetRequiredService<SocialStore>();
        MapTimelines(hub);
        MapOwn(hub);
        MapThreads(hub);
        MapCounts(hub);
        hub.MapReading();
        hub.MapWriting();
        hub.MapStates();
    }

    /// <summary>Returns a part of a timeline; only within a turn.</summary>
    internal static Page PageOf(SocialStore store, TimelineOf of, Visitor reader, long? before, long? after, int limit = PageSize) =>
        store.Timelines.Read(of, reader.User, before ?? long.MaxValue, after ?? 0, limit);

    private static void MapTimelines(DuplexEndpointConventionBuilder hub)
    {
        hub.MapChannel("square:all").OnSubscribe((SinceData? since, ClientContext client, SocialStore store, SocialFeed feed) =>
            DecideAsync(store, feed, Visitor.Of(client), reader => PageOf(store, TimelineOf.All, reader, null, since?.After, SocialRules.Limit(since?.Limit))));
        hub.MapChannel("home:#{user}").OnSubscribe((string user, SinceData? since, ClientContext client, SocialStore store, SocialFeed feed) =>
            DecideAsync(store, feed, Visitor.WithKey(client).Owning(user), reader => PageOf(store, TimelineOf.Home, reader, null, since?.After, SocialRules.Limit(since?.Limit))));
        hub.MapChannel("changes:posts").OnSubscribe((ClientContext client, SocialFeed feed) =>
        {
            Visitor.Of(client);
            feed.Wake();
            return true;
        });
        hub.MapChannel("trends:all").OnSubscribe((ClientContext client, SocialStore store, SocialFeed feed) =>
            DecideAsync(store, feed, Visitor.Of(client), _ => feed.Trends()));
    }

    private static void MapOwn(DuplexEndpointConventionBuilder hub)
    {
        hub.MapChannel("own:#{user}").OnSubscribe((string user, ClientContext client, SocialStore store, SocialFeed feed) =>
            DecideAsync(store, feed, Visitor.WithKey(client).Owning(user), _ => new OwnData(store.Relations.Of(user))));
        hub.MapChannel("notifications:#{user}").OnSubscribe((string user, ClientContext client, SocialStore store, SocialFeed feed) =>
            DecideAsync(store, feed, Visitor.WithKey(client).Owning(user), _ => new NotificationsData(store.Notifications.Of(user), store.Notifications.ReadOf(user))));
    }

    private static void MapThreads(DuplexEndpointConventionBuilder hub)
    {
        hub.MapChannel("thread:{id}").OnSubscribe((long id, ClientContext client, SocialStore store, SocialFeed feed) =>
            DecideAsync(store, feed, Visitor.Of(client), reader =>
            {
                var root = SocialRules.Thread(store, id, reader.User);
                var (replies, more) = RepliesOf(store, id, long.MaxValue, reader);
                return new ThreadData(root, replies, more);
            })).OnPresence((ClientContext client) =>
            {
                Visitor.Of(client);
                return true;
            });
        hub.MapChannel("thread-typing:{id}")
            .OnSubscribe((long id, ClientContext client, SocialStore store, SocialFeed feed) =>
                DecideAsync(store, feed, Visitor.Of(client), reader => { SocialRules.Thread(store, id, reader.User); return null; }))
            .OnPublish((ClientContext client) =>
            {
                Visitor.WithKey(client).Take(Act.Sign);
                return PublishDecision.Allow(new Typing());
            });
    }

    internal static RepliesResult RepliesOf(SocialStore store, long thread, long before, Visitor reader)
    {
        var replies = store.Posts.Replies(thread, before, PageSize + 1, reader.User);
        return new([.. replies.TakeLast(PageSize)], More: replies.Count > PageSize);
    }

    // Each page tracks the posts on its screen. The numbers of all of them are read once a second, however many people watch.
    private static void MapCounts(DuplexEndpointConventionBuilder hub)
    {
        var store = hub.ServiceProvider.GetRequiredService<SocialStore>();
        hub.MapSharedPoll("counts:posts", async poll =>
        {
            using var turn = await store.Turns.TakeAsync(poll.CancellationToken);
            var counts = store.Posts.CountsOf([.. poll.Keys.Select(IdOf)]);
            return [.. poll.Keys.Select(key => ItemOf(key, counts.GetValueOrDefault(IdOf(key)))).OfType<PolledItem>()];
        }).OnSubscribe((ClientContext client, SocialFeed feed) =>
        {
            Visitor.Of(client);
            feed.Wake();
            return true;
        });
    }

    private static long IdOf(PolledKey key) => long.TryParse(key.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;

    // Null when the pages have the latest numbers; an item that ends the tracking when the post was deleted.
    private static PolledItem? ItemOf(PolledKey key, Counts? counts) => counts is null ? PolledItem.Removed(key.Key)
        : (ulong)counts.Version <= key.Version ? null
        : new(key.Key, JsonSerializer.SerializeToUtf8Bytes(counts, SocialJson.Default.Counts), (ulong)counts.Version);

    private static async Task<SubscribeDecision> DecideAsync(SocialStore store, SocialFeed feed, Visitor reader, Func<Visitor, object?> data)
    {
        reader.Take(Read);
        feed.Wake();
        using var turn = await store.Turns.TakeAsync();
        return SubscribeDecision.Allow(data(reader)) with { Info = new VisitorInfo(reader.Name) };
    }
}
