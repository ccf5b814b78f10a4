using System.Diagnostics.Metrics;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Messaging.Tests.Clients;

/// <summary>What a client that has gone leaves behind, which is nothing, and that the application is told of its going once.</summary>
public sealed class LifeCycleTests
{
    private readonly TaskCompletionSource<ConnectDecision> _answer = new();
    private bool _letsIn;
    private int _left;

    [Fact]
    public void Client_that_goes_while_it_is_let_in_is_told_of_as_gone_once()
    {
        using var hub = Hub();
        var client = hub.Open();
        client.Say("""{"id":1,"connect":{}}""");

        client.Cut();
        Assert.Equal(0, _left);
        _answer.SetResult(true);
        hub.Shard.RunAll();

        Assert.Equal(1, _left);
    }

    [Fact]
    public void Client_that_goes_in_the_turn_that_lets_it_in_is_told_of_as_gone_once()
    {
        _answer.SetResult(true);
        using var hub = Hub();
        var client = hub.Open();

        client.Send("""{"id":1,"connect":{}}""");
        client.Cut();

        Assert.Equal(1, _left);
    }

    [Theory]
    [InlineData("expired", null)]
    [InlineData("channel", null)]
    [InlineData("stopping", 3001)]
    [InlineData("payload", 3004)]
    public void Client_that_is_refused_after_the_handler_let_it_in_is_told_of_as_gone_once(string why, int? code)
    {
        using var hub = Hub();
        var client = hub.Open();
        client.Say("""{"id":1,"connect":{}}""");
        if (why == "stopping") _ = hub.Hub.StopAsync(TestContext.Current.CancellationToken);

        _answer.SetResult(why switch
        {
            "expired" => ConnectDecision.Allow() with { ExpiresAt = DateTimeOffset.UnixEpoch },
            "channel" => ConnectDecision.Allow() with { Subscriptions = [new ServerSubscription("unknown:a")] },
            "payload" => ConnectDecision.Allow() with { Info = new Endless() },
            _ => true,
        });
        hub.Shard.RunAll();

        Assert.Equal(((ushort?)code, 1), (client.CloseCode, _left));
        client.Cut();
        Assert.Equal(1, _left);
        AssertNothingIsLeft(hub);
    }

    [Fact]
    public void Client_for_whom_there_is_no_place_left_is_told_of_as_gone_once()
    {
        using var hub = Hub(static options => options.MaxConnections = 1);
        var slow = hub.Open();
        slow.Say("""{"id":1,"connect":{}}""");
        _letsIn = true;
        hub.Connect();

        _answer.SetResult(true);
        hub.Shard.RunAll();

        Assert.Equal(((ushort?)3504, 1), (slow.CloseCode, _left));
    }

    [Fact]
    public void Client_that_the_handler_does_not_let_in_is_not_told_of()
    {
        _answer.SetException(new InvalidOperationException("The handler fails."));
        using var hub = Hub();
        var client = hub.Open();

        Assert.Contains("\"code\":100", Assert.Single(client.Say("""{"id":1,"connect":{}}""")), StringComparison.Ordinal);
        client.Cut();

        Assert.Equal(0, _left);
    }

    [Fact]
    public async Task Hub_that_stops_waits_for_a_client_that_was_let_in_and_has_not_connected()
    {
        var subscribing = new TaskCompletionSource<ConnectDecision>();
        _answer.SetResult(ConnectDecision.Allow() with { Subscriptions = [new ServerSubscription("news:a")] });
        using var hub = new TestHub(carrier: broker => new FaultyBroker(broker, _ => new ValueTask(subscribing.Task)), application: AddHandlers);
        hub.Open().Say("""{"id":1,"connect":{}}""");

        var stopping = hub.Hub.StopAsync(TestContext.Current.CancellationToken);
        Assert.False(stopping.IsCompleted);
        subscribing.SetResult(true);
        hub.Shard.RunAll();

        await stopping;
        Assert.Equal(1, _left);
    }

    [Theory]
    [InlineData(SubscriptionType.Stream)]
    [InlineData(SubscriptionType.Map)]
    public void Subscription_by_the_server_that_comes_after_the_client_has_gone_leaves_nothing(SubscriptionType type)
    {
        using var hub = new TestHub(news: ns =>
        {
            ns.SubscriptionType = type;
            ns.Map.KeyTtl = TimeSpan.FromMinutes(1);
            ns.Presence = true;
        });
        var client = hub.Connect();

        var subscribing = hub.Server.Clients.SubscribeAsync(ClientSelector.Anonymous, "news:a");
        client.CutWithoutRunning();
        hub.Shard.RunAll();

        Assert.True(subscribing.IsCompletedSuccessfully);
        AssertNothingIsLeft(hub);
    }

    [Fact]
    public void Refresh_by_the_server_that_comes_after_the_client_has_gone_arms_nothing()
    {
        using var hub = new TestHub();
        var client = hub.Connect();

        var refreshing = hub.Server.Clients.RefreshAsync(ClientSelector.Anonymous, hub.Time.GetUtcNow().AddHours(1));
        client.CutWithoutRunning();
        hub.Shard.RunAll();

        Assert.True(refreshing.IsCompletedSuccessfully);
        AssertNothingIsLeft(hub);
    }

    [Fact]
    public void Timer_that_was_due_when_the_client_went_calls_nobody()
    {
        var asked = 0;
        _answer.SetResult(ConnectDecision.Allow() with { ExpiresAt = new DateTimeOffset(2026, 1, 1, 0, 1, 0, TimeSpan.Zero) });
        using var hub = Hub(application: model => model.Refresh = _ =>
        {
            asked++;
            return default;
        });
        var client = hub.Open();
        client.Say("""{"id":1,"connect":{}}""");

        hub.Time.Advance(TimeSpan.FromMinutes(2));
        client.Cut();

        Assert.Equal(0, asked);
        AssertNothingIsLeft(hub);
    }

    [Theory]
    [InlineData("close")]
    [InlineData("send")]
    [InlineData("callback")]
    public void Client_leaves_everything_whatever_throws_at_its_end(string what)
    {
        _answer.SetResult(true);
        using var hub = Hub();
        var client = hub.Connect();
        var neighbour = hub.Connect();
        foreach (var each in (TestClient[])[client, neighbour]) each.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");
        var fault = new InvalidOperationException("It fails.");
        using var registration = client.Client.Disconnected.Register(() =>
        {
            if (what == "callback") throw fault;
        });
        if (what == "close") client.Transport.ClosingFault = fault;
        if (what == "send") client.Transport.SendingFault = fault;

        if (what == "send") hub.Publish("news:a", "1");
        else client.Client.Disconnect(new(4000, "bye"));
        hub.Shard.RunAll();

        Assert.Equal(1, _left);
        Assert.Equal(what == "close", client.Transport.IsAborted);
        Assert.Equal(1, hub.Hub.Describe().Clients);
        if (what != "send") hub.Publish("news:a", "1");
        Assert.Single(neighbour.Received());
        neighbour.Cut();
        AssertNothingIsLeft(hub);
    }

    [Fact]
    public void Client_that_is_refused_keeps_no_subscription_of_those_it_was_given_before()
    {
        _answer.SetResult(ConnectDecision.Allow() with { Subscriptions = [new ServerSubscription("news:a"), new ServerSubscription("unknown:a")] });
        using var hub = Hub();
        var client = hub.Open();

        Assert.Contains("\"code\":102", Assert.Single(client.Say("""{"id":1,"connect":{}}""")), StringComparison.Ordinal);

        Assert.Empty(hub.Server.Channels.List());
    }

    [Fact]
    public void Listener_of_the_metrics_that_throws_keeps_no_publication_from_its_subscribers()
    {
        using var meters = new TestMeters();
        using var listener = new MeterListener { InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument) };
        using var hub = new TestHub(meters: meters);
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) =>
        {
            if (ReferenceEquals(instrument.Meter, meters.Meter)) throw new InvalidOperationException("It fails.");
        });
        listener.Start();
        var client = hub.Connect();
        client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");

        hub.Publish("news:a", "1");

        Assert.Single(client.Received());
        client.Cut();
        AssertNothingIsLeft(hub);
    }

    internal static void AssertNothingIsLeft(TestHub hub)
    {
        hub.Wait(TimeSpan.FromSeconds(2));
        var node = hub.Hub.Describe();
        Assert.Equal((0, 0, 0, 0), (node.Clients, node.Channels, node.Subscriptions, hub.Shard.ArmedTimers));
    }

    private TestHub Hub(Action<Messaging.HubOptions>? configure = null, Action<ApplicationModel>? application = null) => new(
        configure,
        static ns => ns.Presence = true,
        model =>
        {
            AddHandlers(model);
            application?.Invoke(model);
        });

    private void AddHandlers(ApplicationModel model)
    {
        model.Connect = _ => _letsIn ? new(true) : new(_answer.Task);
        model.Disconnect = _ =>
        {
            _left++;
            return default;
        };
    }

    /// <summary>What JSON cannot say.</summary>
    private sealed class Endless
    {
        public Endless Self => this;
    }
}
