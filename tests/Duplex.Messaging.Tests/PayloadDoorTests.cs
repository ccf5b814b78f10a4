using System.Text;
using Duplex.Messaging.Application;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Tests.Maps;
using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Messaging.Tests;

/// <summary>Wherever an application gives a payload, bytes of every type reach clients as they are.</summary>
public sealed class PayloadDoorTests
{
    private const string Json = """{"raw":1}""";

    private static readonly byte[] Raw = Encoding.UTF8.GetBytes(Json);

    /// <summary>The same JSON text in each type of bytes.</summary>
    public static TheoryData<object> Bytes =>
    [
        Raw,
        new ReadOnlyMemory<byte>(Raw),
        new Memory<byte>([.. Raw]),
        new ArraySegment<byte>([0, .. Raw, 0], 1, Raw.Length),
    ];

    [Theory, MemberData(nameof(Bytes), DisableDiscoveryEnumeration = true)]
    public async Task Publication_and_broadcast<T>(T bytes)
    {
        using var hub = new TestHub();
        var client = Subscribed(hub);

        await hub.Server.PublishAsync("news:a", bytes, cancellationToken: TestContext.Current.CancellationToken);
        await hub.Server.BroadcastAsync(["news:a"], bytes, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(2, client.Received().Count(static push => push.Contains("\"pub\":{\"data\":" + Json, StringComparison.Ordinal)));
    }

    [Theory, MemberData(nameof(Bytes), DisableDiscoveryEnumeration = true)]
    public async Task Entry_of_a_map<T>(T bytes)
    {
        using var hub = MapHub.Create(MapMode.Ephemeral);

        await hub.Server.Maps.PublishAsync(MapHub.Channel, "k", bytes, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Contains("\"data\":" + Json, Assert.Single(hub.Connect().Say(MapHub.Step(2))), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Bytes), DisableDiscoveryEnumeration = true)]
    public void Data_of_a_publish_decision(object bytes)
    {
        using var hub = new TestHub(application: model => model.AddChannel("news:{name}").Publish = _ => new(PublishDecision.Allow(bytes)));

        Assert.Contains(Subscribed(hub).Say("""{"id":3,"publish":{"channel":"news:a","data":{}}}"""), Carries);

        static bool Carries(string frame) => frame.Contains("\"pub\":{\"data\":" + Json, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Bytes), DisableDiscoveryEnumeration = true)]
    public void Data_of_a_publish_decision_about_a_map(object bytes)
    {
        using var hub = MapHub.Create(MapMode.Ephemeral, application: model => model.AddChannel("news:{name}").Publish = _ => new(PublishDecision.Allow(bytes)));
        var client = hub.Connect();
        client.Say("""{"id":2,"publish":{"channel":"news:a","type":1,"key":"k","data":{}}}""");

        Assert.Contains("\"data\":" + Json, Assert.Single(client.Say(MapHub.Step(2))), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Bytes), DisableDiscoveryEnumeration = true)]
    public void Data_and_info_of_a_connect_decision_and_of_its_subscriptions(object bytes)
    {
        using var hub = new TestHub(null, static ns => ns.Presence = true, model => model.Connect = _ => new(ConnectDecision.Allow() with
        {
            Data = bytes,
            Info = bytes,
            Subscriptions = [new ServerSubscription("news:a") { Data = bytes, Info = bytes }],
        }));
        var client = hub.Open();

        Assert.Equal(2, Count("\"data\":" + Json, Assert.Single(client.Say("""{"id":1,"connect":{}}"""))));
        Assert.Equal(Json, Encoding.UTF8.GetString(client.Client.ConnectionInfo.Span));
        Assert.Equal(Json, Encoding.UTF8.GetString(client.Client.Subscriptions.Find("news:a")!.Info!.ChannelInfo.Span));
    }

    [Theory, MemberData(nameof(Bytes), DisableDiscoveryEnumeration = true)]
    public void Data_and_info_of_a_subscribe_decision(object bytes)
    {
        using var hub = new TestHub(application: model =>
            model.AddChannel("news:{name}").Subscribe = _ => new(SubscribeDecision.Allow(bytes) with { Info = bytes }));
        var client = hub.Connect();

        Assert.Contains("\"data\":" + Json, Assert.Single(client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""")), StringComparison.Ordinal);
        Assert.Equal(Json, Encoding.UTF8.GetString(client.Client.Subscriptions.Find("news:a")!.Info!.ChannelInfo.Span));
    }

    [Theory, MemberData(nameof(Bytes), DisableDiscoveryEnumeration = true)]
    public void Info_of_refresh_decisions_about_a_connection_and_a_subscription(object bytes)
    {
        var expiry = new DateTimeOffset(2026, 1, 1, 0, 0, 20, TimeSpan.Zero);
        using var hub = new TestHub(static options => options.PingInterval = null, static ns => ns.Presence = true, model =>
        {
            model.Connect = _ => new(ConnectDecision.Allow("ann") with { ExpiresAt = expiry });
            model.Refresh = _ => new(RefreshDecision.Allow(null) with { Info = bytes });
            var route = model.AddChannel("news:{name}");
            route.Subscribe = _ => new(SubscribeDecision.Allow() with { ExpiresAt = expiry });
            route.Refresh = _ => new(RefreshDecision.Allow(null) with { Info = bytes });
        });
        var client = Subscribed(hub);

        hub.Wait(TimeSpan.FromSeconds(35));

        Assert.Equal(Json, Encoding.UTF8.GetString(client.Client.ConnectionInfo.Span));
        Assert.Equal(Json, Encoding.UTF8.GetString(client.Client.Subscriptions.Find("news:a")!.Info!.ChannelInfo.Span));
    }

    [Theory, MemberData(nameof(Bytes), DisableDiscoveryEnumeration = true)]
    public async Task Data_of_a_reply_to_a_client_and_to_the_server(object bytes)
    {
        using var hub = new TestHub(application: model => model.AddCall("raw", _ => new(bytes)));

        Assert.Contains("\"data\":" + Json, Assert.Single(hub.Connect().Say("""{"id":2,"rpc":{"method":"raw"}}""")), StringComparison.Ordinal);
        Assert.Equal(Raw, (await hub.Server.CallAsync("raw", default, TestContext.Current.CancellationToken)).ToArray());
    }

    private static TestClient Subscribed(TestHub hub)
    {
        var client = hub.Connect();
        client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");
        return client;
    }

    private static int Count(string text, string frame) => (frame.Length - frame.Replace(text, "", StringComparison.Ordinal).Length) / text.Length;
}
