using System.Text.Json;
using Duplex.AspNetCore.Tests.Hub;
using Duplex.Messaging;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Maps;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.AspNetCore.Tests.Docs;

/// <summary>The examples of docs/guides/maps.md, word for word. A test compares the two texts.</summary>
public sealed class MapsGuideTests
{
    [Fact]
    public async Task Server_changes_entries_and_reads_the_best()
    {
        await using var app = await HubApplication.StartAsync(MapHandlers, AddMaps);
        await app.Hub.Maps.PublishAsync("scores:chess", "bob", new Score("Bob", 1600), cancellationToken: HubApplication.Limit);

        var top = await ChangeAsync(app.Hub);

        var best = Assert.Single(top.Entries);
        Assert.Equal(("ann", 1510), (best.Key, JsonSerializer.Deserialize<Score>(best.Data.Span, JsonSerializerOptions.Web)!.Points));
    }

    private static async Task<MapStatePage> ChangeAsync(IHub hub)
    {
        await hub.Maps.PublishAsync("scores:chess", "ann", new Score("Ann", 1510), new MapPublishOptions { Score = 1510 });
        await hub.Maps.RemoveAsync("scores:chess", "bob");

        var top = await hub.Maps.ReadStateAsync("scores:chess", new MapStateQuery(Limit: 10));
        return top;
    }

    private static void AddMaps(IServiceCollection services)
    {
        var builder = new { Services = services };
        builder.Services.AddDuplex()
            .AddNamespace("scores", ns =>
            {
                ns.SubscriptionType = SubscriptionType.Map;
                ns.Map.Mode = MapMode.Persistent;       // entries remain, with a stream of changes
                ns.Map.Ordered = true;                  // by score, then key
                ns.AllowSubscribe = true;
            })
            .AddNamespace("cursors", ns =>
            {
                ns.SubscriptionType = SubscriptionType.Map;
                ns.Map.KeyTtl = TimeSpan.FromSeconds(60);           // ephemeral: an entry expires this long after its last change
                ns.Map.ClientKey = MapClientKey.ClientId;           // a client changes its own entry, whatever key it sends
                ns.Map.RemoveClientOnUnsubscribe = true;
                ns.Map.AllowPublishForSubscriber = true;
                ns.AllowSubscribe = true;
            });
        builder.Services.AddDuplex()
            .AddNamespace("game", ns =>
            {
                ns.MapClientsPresencePrefix = "clients:";           // game:7 is watched as clients:game:7
                ns.MapUsersPresencePrefix = "users:";
                ns.AllowSubscribe = true;
            })
            .AddNamespace("clients", ns =>
            {
                ns.SubscriptionType = SubscriptionType.MapClients;  // one entry per connection, with its client info
                ns.AllowSubscribe = true;
            })
            .AddNamespace("users", ns =>
            {
                ns.SubscriptionType = SubscriptionType.MapUsers;    // one per user, which survives a reload for its KeyTtl
                ns.AllowSubscribe = true;
            });
    }

    private static void MapHandlers(DuplexEndpointConventionBuilder hub)
    {
        hub.MapChannel("scores:{game}")
            .OnPublish((ClientContext client, HandlerContext context, Score score) => context.Key == client.User && score.Points >= 0)
            .OnRemove((ClientContext client, HandlerContext context) => context.Key == client.User);
    }

    public sealed record Score(string Name, int Points);
}
