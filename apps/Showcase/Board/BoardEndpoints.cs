using Duplex.AspNetCore.Hosting;
using Duplex.Messaging;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Microsoft.Extensions.Options;
using Showcase.Board.Market;
using Showcase.Board.Watching;
using Showcase.Hosting;
using Showcase.Storage;
using Showcase.Visitors;

namespace Showcase.Board;

/// <summary>Registers the watch board and maps its channels and calls, which docs/protocol/board.md describes.</summary>
internal static class BoardEndpoints
{
    private static readonly Act Keep = new("You are changing lists and alerts too fast"), Read = new("You are reading past prices too fast");

    /// <summary>Returns the channel of a user's lists and alerts.</summary>
    public static string WatchChannelOf(string user) => $"board-user:#{user}";

    /// <summary>Registers the board, its options and its namespaces.</summary>
    public static DuplexBuilder AddBoard(this DuplexBuilder duplex, string folder)
    {
        duplex.Services.AddSection<BoardOptions>("Board");
        duplex.Services.AddSingleton(static services => new Quotes(services.GetRequiredService<IOptions<BoardOptions>>().Value.Seed));
        duplex.Services.AddStore("board", (BoardOptions options) => new WatchStore(folder, options));
        duplex.Services.AddBackground<QuoteFeed>();
        duplex.Services.Configure<VisitorOptions>(static limits =>
        {
            (limits.Person[Keep], limits.Address[Keep]) = (new(30, 2), new(150, 20));
            (limits.Person[Read], limits.Address[Read]) = (new(60, 5), new(300, 50));
        });
        return duplex
            .AddJsonContext(BoardJson.Default)
            .AddNamespace("board", static ns =>
            {
                Quoted(ns);
                ns.SlowConsumers = SlowConsumerPolicy.Conflate;
            })
            .AddNamespace("board-queued", static ns =>
            {
                Quoted(ns);
                ns.SlowConsumers = SlowConsumerPolicy.Disconnect;
            })
            .AddNamespace("board-user", static ns => ns.SlowConsumers = SlowConsumerPolicy.Conflate);
    }

    private static void Quoted(NamespaceOptions ns)
    {
        ns.AllowTagsFilter = true;
        ns.AllowPace = true;
        ns.MaxPaceDelay = TimeSpan.FromMinutes(1);
    }

    /// <summary>Maps the board's channels and calls.</summary>
    public static void MapBoard(this DuplexEndpointConventionBuilder hub)
    {
        // The store is created at startup, so that a folder that is not writable fails the start and not the first visitor.
        hub.ServiceProvider.GetRequiredService<WatchStore>();
        MapQuotes(hub);
        MapMarket(hub);
        MapLists(hub);
        MapAlerts(hub);
    }

    private static void MapQuotes(DuplexEndpointConventionBuilder hub)
    {
        hub.MapChannel("board:all").OnSubscribe((QuotesFilter? filter, ClientContext client, QuoteFeed feed) =>
        {
            Visitor.Of(client);
            return SubscribeDecision.Allow(feed.Begin(BoardRules.Filtered(filter)));
        });

        // A reader that was disconnected learns it late, because the close frame is behind all that its line holds.
        hub.MapChannel("board-queued:all")
            .OnSubscribe((QuotesFilter? filter, ClientContext client, QuoteFeed feed) =>
            {
                Visitor.Of(client);
                return SubscribeDecision.Allow(feed.Begin(BoardRules.Filtered(filter)));
            })
            .OnLeave(async (ClientContext client, IHub channels) =>
            {
                if (client.User.Length > 0) await channels.PublishAsync(WatchChannelOf(client.User), new LeftEvent(client.Id), new() { Key = client.Id });
            });
    }

    private static void MapMarket(DuplexEndpointConventionBuilder hub)
    {
        hub.MapRpc("board.info", (ClientContext client, Quotes quotes, TimeProvider time) =>
        {
            Visitor.Of(client).Take(Read);
            var session = Quotes.SessionAt(Now(time));
            return new BoardInfo(session, [.. Universe.All.Select(instrument => new ListedInstrument(
                instrument.Symbol, instrument.Name, instrument.Sector, Quotes.Text(instrument, quotes.PriceAt(instrument, session)), 1000.0 / instrument.Interval))]);
        });

        hub.MapRpc("board.past", (PastParams past, ClientContext client, Quotes quotes, TimeProvider time) =>
        {
            Visitor.Of(client).Take(Read);
            var (instruments, points) = BoardRules.Past(past);
            var to = Now(time);
            var from = Quotes.SessionAt(to);
            return new PastResult(from, to, instruments.ToDictionary(static instrument => instrument.Symbol, instrument =>
                (IReadOnlyList<decimal>)[.. Enumerable.Range(0, points).Select(point => quotes.PriceAt(instrument, from + ((to - from) * point / (points - 1))))]));
        });

        hub.MapChannel("board-user:#{user}").OnSubscribe(async (string user, ClientContext client, WatchStore store) =>
        {
            BoardRules.Owner(client).Owning(user);
            using var turn = await store.Turns.TakeAsync();
            return SubscribeDecision.Allow(WatchDataOf(store, user));
        });
    }

    private static void MapLists(DuplexEndpointConventionBuilder hub)
    {
        hub.MapRpc("board.watch", async (ClientContext client, WatchStore store) =>
        {
            var owner = BoardRules.Owner(client);
            using var turn = await store.Turns.TakeAsync();
            return WatchDataOf(store, owner.User);
        });

        hub.MapRpc("board.list.save", async (SaveListParams save, ClientContext client, WatchStore store, IHub channels) =>
        {
            var (owner, list) = (BoardRules.Owner(client), BoardRules.List(save));
            owner.Take(Keep);
            using var turn = await store.Turns.TakeAsync();
            var stored = store.FindList(owner.User, list.Id);

            // A save whose reply was lost is sent again and changes nothing.
            if (stored is not null && stored.Name == list.Name && stored.Symbols.SequenceEqual(list.Symbols)) return new ListEvent(stored);
            if ((stored?.Version ?? 0) != list.Version)
                throw stored is null ? NoList() : new ClientException(409, $"The list has version {stored.Version}: it was changed in another window.");
            if (stored is null && store.ListsOf(owner.User).Count >= BoardRules.MaxLists)
                throw new ClientException(400, $"You have {BoardRules.MaxLists} lists, which is the maximum: remove one.");
            var saved = list with { Version = list.Version + 1 };
            store.Save(owner.User, saved);
            await channels.PublishAsync(WatchChannelOf(owner.User), new ListEvent(saved), new() { Key = saved.Id });
            return new ListEvent(saved);
        });

        hub.MapRpc("board.list.remove", (RemoveParams remove, ClientContext client, WatchStore store, IHub channels) =>
            RemoveAsync(remove, client, store, channels, store.RemoveList));
    }

    private static void MapAlerts(DuplexEndpointConventionBuilder hub)
    {
        hub.MapRpc("board.alert", async (AlertParams parameters, ClientContext client, WatchStore store, QuoteFeed feed, IHub channels, TimeProvider time) =>
        {
            var (owner, alert) = (BoardRules.Owner(client), BoardRules.Alert(parameters, Now(time)));
            owner.Take(Keep);
            using var turn = await store.Turns.TakeAsync();
            var alerts = store.AlertsOf(owner.User);
            if (alerts.Find(other => other.Id == alert.Id) is { } stored) return new AlertEvent(stored);
            if (alerts.Count >= BoardRules.MaxAlerts)
                throw new ClientException(400, $"You have {BoardRules.MaxAlerts} alerts, which is the maximum: remove one.");
            store.Add(owner.User, alert);
            await channels.PublishAsync(WatchChannelOf(owner.User), new AlertEvent(alert), new() { Key = alert.Id });
            return new AlertEvent(alert);
        });

        hub.MapRpc("board.unalert", (RemoveParams remove, ClientContext client, WatchStore store, IHub channels) =>
            RemoveAsync(remove, client, store, channels, store.RemoveAlert));
    }

    private static async Task<RemovedEvent> RemoveAsync(RemoveParams remove, ClientContext client, WatchStore store, IHub channels, Func<string, string, bool> removes)
    {
        var (owner, id) = (BoardRules.Owner(client), BoardRules.Id(remove.Id));
        owner.Take(Keep);
        using var turn = await store.Turns.TakeAsync();
        var removed = new RemovedEvent(id);
        if (removes(owner.User, id)) await channels.PublishAsync(WatchChannelOf(owner.User), removed, new() { Key = id });
        return removed;
    }

    private static WatchData WatchDataOf(WatchStore store, string user) => new(store.ListsOf(user), store.AlertsOf(user));

    private static ClientException NoList() => new(404, "There is no such list: it was removed in another window.");

    private static long Now(TimeProvider time) => time.GetUtcNow().ToUnixTimeMilliseconds();
}
