using System.Text;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Messaging.Tests.Maps;

/// <summary>Presence as maps that the hub keeps.</summary>
public sealed class MapPresenceTests
{
    private const string Subscribe = """{"id":2,"subscribe":{"channel":"game:1"}}""";

    [Fact]
    public void Watcher_sees_clients_come_and_go()
    {
        using var hub = Create();
        var (watcher, player) = (Connect(hub, "w"), Connect(hub, "ann"));
        Assert.Equal(["""{"id":2,"subscribe":{"type":2}}"""], watcher.Say(MapHub.Step(2, type: 2, channel: "clients:game:1")));

        player.Say(Subscribe);
        Assert.Equal(
            ["{\"push\":{\"channel\":\"clients:game:1\",\"pub\":{\"info\":{\"user\":\"ann\",\"client\":\"" + player.Id + "\"},\"key\":\"" + player.Id + "\"}}}"],
            Frames.WithoutTime(watcher.Received()));
        player.Cut();
        Assert.Equal(
            ["{\"push\":{\"channel\":\"clients:game:1\",\"pub\":{\"key\":\"" + player.Id + "\",\"removed\":true}}}"],
            Frames.WithoutTime(watcher.Received()));
    }

    [Fact]
    public void Watcher_that_comes_later_finds_who_is_there()
    {
        using var hub = Create();
        var player = Connect(hub, "ann");
        player.Say(Subscribe);

        Assert.Contains($"\"key\":\"{player.Id}\"", Connect(hub, "w").Say(MapHub.Step(2, type: 2, channel: "clients:game:1"))[0], StringComparison.Ordinal);
        Assert.Contains("\"key\":\"ann\"", Connect(hub, "w").Say(MapHub.Step(2, type: 3, channel: "users:game:1"))[0], StringComparison.Ordinal);
    }

    [Fact]
    public void User_is_one_entry_that_outlives_its_last_client_by_the_time_of_an_entry()
    {
        using var hub = Create();
        var watcher = Connect(hub, "w");
        watcher.Say(MapHub.Step(2, type: 3, channel: "users:game:1"));
        var (first, second) = (Connect(hub, "ann"), Connect(hub, "ann"));

        first.Say(Subscribe);
        second.Say(Subscribe);
        Assert.Equal(["""{"push":{"channel":"users:game:1","pub":{"key":"ann"}}}"""], Frames.WithoutTime(watcher.Received()));
        hub.Wait(TimeSpan.FromMinutes(3));
        Assert.Empty(watcher.Received());
        first.Cut();
        second.Cut();
        hub.Wait(TimeSpan.FromSeconds(30));
        Assert.Empty(watcher.Received());
        hub.Wait(TimeSpan.FromSeconds(32));
        Assert.Equal(["""{"push":{"channel":"users:game:1","pub":{"key":"ann","removed":true}}}"""], Frames.WithoutTime(watcher.Received()));
    }

    [Fact]
    public void Map_has_presence_as_a_stream_has()
    {
        using var hub = Create();
        var player = Connect(hub, "ann");

        player.Say(MapHub.Step(2, channel: "board:1"));

        Assert.Contains($"\"key\":\"{player.Id}\"", Connect(hub, "w").Say(MapHub.Step(2, type: 2, channel: "clients:board:1"))[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_but_the_hub_writes_presence()
    {
        using var hub = Create();
        var client = Connect(hub, "ann");

        Assert.Contains("\"code\":103", client.Say("""{"id":3,"publish":{"channel":"clients:game:1","type":1,"key":"x","data":1}}""")[0], StringComparison.Ordinal);
        Assert.Contains("\"code\":103", client.Say("""{"id":3,"publish":{"channel":"users:game:1","type":1,"key":"ann","removed":true}}""")[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere:")]
    [InlineData("users:")]
    [InlineData("game:")]
    [InlineData("")]
    public void Prefix_that_leads_to_no_presence_stops_the_start(string prefix) =>
        Assert.Throws<ArgumentException>(() => Create(game => game.MapClientsPresencePrefix = prefix));

    [Theory]
    [InlineData(MapMode.Persistent, 0)]
    [InlineData(MapMode.Recoverable, 27)]
    public void Presence_that_would_never_end_or_end_too_early_stops_the_start(MapMode mode, int keyTtlSeconds) =>
        Assert.Throws<ArgumentException>(() => MapHub.Create(mode, ns =>
        {
            ns.SubscriptionType = SubscriptionType.MapUsers;
            ns.Map.KeyTtl = TimeSpan.FromSeconds(keyTtlSeconds);
        }));

    private static TestHub Create(Action<NamespaceOptions>? game = null) => new(
        options =>
        {
            options.PingInterval = null;
            var stream = new NamespaceOptions { AllowSubscribe = true, MapClientsPresencePrefix = "clients:", MapUsersPresencePrefix = "users:" };
            game?.Invoke(stream);
            options.Namespaces["game"] = stream;
            options.Namespaces["clients"] = new NamespaceOptions { AllowSubscribe = true, SubscriptionType = SubscriptionType.MapClients };
            options.Namespaces["users"] = new NamespaceOptions { AllowSubscribe = true, SubscriptionType = SubscriptionType.MapUsers };
            options.Namespaces["board"] = new NamespaceOptions
            {
                AllowSubscribe = true,
                SubscriptionType = SubscriptionType.Map,
                MapClientsPresencePrefix = "clients:",
                Map = { Mode = MapMode.Persistent },
            };
        },
        application: static model => model.Connect = static context =>
            new(ConnectDecision.Allow() with { User = Encoding.UTF8.GetString(context.Data.Span).Trim('"') }));

    private static TestClient Connect(TestHub hub, string user)
    {
        var client = hub.Open();
        client.Say("{\"id\":1,\"connect\":{\"data\":\"" + user + "\"}}");
        return client;
    }
}
