using Duplex.AspNetCore.Hosting;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Showcase.Hosting;
using Showcase.Visitors;

namespace Showcase.Comets;

/// <summary>Registers the game and maps its channels and calls, which docs/protocol/comets.md describes.</summary>
internal static class CometsEndpoints
{
    private static readonly Act Board = new("You are joining rooms too fast");
    private static readonly TimeSpan Recoverable = TimeSpan.FromMinutes(2);

    /// <summary>Registers the game and its namespaces.</summary>
    public static DuplexBuilder AddComets(this DuplexBuilder duplex)
    {
        duplex.Services.AddSection<CometsOptions>("Comets");
        duplex.Services.AddSingleton<Game>();
        duplex.Services.AddBackground<CometsLoop>();
        duplex.Services.AddHealthChecks().AddCheck<CometsHealth>("comets", timeout: Health.Timeout);
        duplex.Services.Configure<VisitorOptions>(static limits =>
            (limits.Person[Board], limits.Address[Board]) = (new(20, 1), new(200, 10)));
        return duplex
            .AddJsonContext(CometsJson.Default)
            .AddNamespace("snap", ns =>
            {
                // Without keys, a reader that is too slow skips to the latest snapshot.
                ns.SlowConsumers = SlowConsumerPolicy.Conflate;
                ns.AllowPace = true;
                ns.MaxPaceDelay = TimeSpan.FromSeconds(10);
            })
            .AddNamespace("arena", ns =>
            {
                ns.HistorySize = 50;
                ns.HistoryTtl = Recoverable;
                ns.HistoryMetaTtl = 2 * Recoverable;
                ns.Recovery = true;
            })
            .AddNamespace("pilots", MapNamespaces.List)
            .AddNamespace("arenas", MapNamespaces.List);
    }

    /// <summary>Maps the game's channels and calls.</summary>
    public static void MapComets(this DuplexEndpointConventionBuilder hub)
    {
        foreach (var channel in (string[])["snap:{room}", "pilots:{room}"])
        {
            hub.MapChannel(channel).OnSubscribe(static (string room, ClientContext client, Game game, CometsLoop loop) =>
            {
                Visitor.Of(client);
                loop.Wake();
                return game.In(room, static _ => true);
            });
        }

        hub.MapChannel("arena:{room}").OnSubscribe(static (string room, ClientContext client, Game game) =>
        {
            Visitor.Of(client);
            return SubscribeDecision.Allow(game.In(room, static found => new RoomData(found.Tick, found.Seed, [.. found.CometsAppeared])));
        });
        hub.MapChannel(CometsChannels.Rooms).OnSubscribe(static (ClientContext client) =>
        {
            Visitor.Of(client);
            return true;
        });
        hub.MapRpc("game.join", static (JoinParams join, ClientContext client, Game game, CometsLoop loop) =>
        {
            var visitor = Visitor.WithKey(client, "fly; without one you can watch");
            visitor.Take(Board);
            loop.Wake();
            return game.Join(join.Room, visitor.User, visitor.Name, client);
        });
        hub.MapRpc("game.leave", static (ClientContext client, Game game) =>
        {
            game.Leave(Visitor.Of(client).User, client);
            return new LeftResult();
        });
    }
}
