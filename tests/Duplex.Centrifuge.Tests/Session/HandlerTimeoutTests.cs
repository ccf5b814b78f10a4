using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Centrifuge.Tests.Session;

/// <summary>Handlers that do not return: the command fails in time, with a temporary error and one log entry.</summary>
public sealed class HandlerTimeoutTests
{
    private const string Late = "\"error\":{\"code\":100,\"message\":\"internal server error\",\"temporary\":true}";

    private readonly RecordingLogger _log = new();
    private readonly TaskCompletionSource _never = new();

    public static TheoryData<string, string> Commands => new()
    {
        { "subscribe", """{"id":2,"subscribe":{"channel":"news:a"}}""" },
        { "publish", """{"id":2,"publish":{"channel":"news:a","data":1}}""" },
        { "presence", """{"id":2,"presence":{"channel":"news:a"}}""" },
        { "history", """{"id":2,"history":{"channel":"news:a"}}""" },
        { "rpc", """{"id":2,"rpc":{"method":"slow"}}""" },
    };

    [Theory, MemberData(nameof(Commands))]
    public void Command_whose_handler_does_not_return_fails_after_the_limit_and_one_entry_names_the_handler(string type, string command)
    {
        using var hub = Hub(type);
        var client = hub.Connect();
        Assert.Empty(client.Say(command));

        Pass(hub, 29);
        Assert.Empty(client.Received());
        Pass(hub, 2);

        Assert.Contains(Late, Assert.Single(client.Received()), StringComparison.Ordinal);
        var entry = Assert.Single(_log.Take(), static entry => entry.StartsWith("Error", StringComparison.Ordinal));
        Assert.Contains($"The {type} handler of '{(type == "rpc" ? "slow" : "news:a")}'", entry, StringComparison.Ordinal);

        // What the handler decides later is dropped.
        _never.SetResult();
        hub.Shard.RunAll();
        Assert.Empty(client.Received());
        Assert.Empty(hub.Server.Channels.List());
    }

    [Fact]
    public void Connection_whose_handler_does_not_return_is_refused_after_the_limit()
    {
        using var hub = Hub("connect");
        var client = hub.Open();
        client.Say("""{"id":1,"connect":{}}""");

        Pass(hub, 31);

        Assert.Contains(Late, Assert.Single(client.Received()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_of_a_handler_is_cancelled_when_its_time_is_over()
    {
        var token = CancellationToken.None;
        using var hub = new TestHub(application: model => model.AddCall("slow", async context =>
        {
            token = context.CancellationToken;
            await _never.Task;
            return null;
        }));
        hub.Connect().Say("""{"id":2,"rpc":{"method":"slow"}}""");
        Assert.False(token.IsCancellationRequested);
        var cancelled = new TaskCompletionSource();
        using var registration = token.Register(cancelled.SetResult);

        Pass(hub, 31);

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Token_of_a_handler_is_cancelled_when_its_client_leaves()
    {
        var token = CancellationToken.None;
        using var hub = new TestHub(application: model => model.AddCall("slow", async context =>
        {
            token = context.CancellationToken;
            await _never.Task;
            return null;
        }));
        var client = hub.Connect();
        client.Say("""{"id":2,"rpc":{"method":"slow"}}""");

        client.Cut();

        Assert.True(token.IsCancellationRequested);
    }

    [Fact]
    public void Handler_that_leaves_with_its_client_may_still_use_its_token()
    {
        List<bool> cancelled = [];
        using var hub = new TestHub(application: model => model.Disconnect = async context =>
        {
            var token = context.CancellationToken;
            await _never.Task;
            cancelled.Add(token.IsCancellationRequested);
        });
        var client = hub.Connect();

        client.Cut();
        _never.SetResult();

        Assert.Equal([false], cancelled);
    }

    [Fact]
    public void Without_a_limit_a_handler_may_take_any_time()
    {
        using var hub = Hub("rpc", null);
        var client = hub.Connect();
        client.Say("""{"id":2,"rpc":{"method":"slow"}}""");

        Pass(hub, 600);
        Assert.Empty(client.Received());
    }

    [Fact]
    public void Poll_handler_that_does_not_return_stops_one_question_and_no_polling()
    {
        var questions = 0;
        using var hub = new TestHub(
            static options =>
            {
                options.PingInterval = null;
                options.Namespaces["prices"] = new NamespaceOptions { SubscriptionType = SubscriptionType.SharedPoll, AllowSubscribe = true, AllowSubscribeForAnonymous = true };
                options.Namespaces["prices"].SharedPoll.AllowUnsignedKeys = true;
                options.Namespaces["prices"].SharedPoll.RefreshInterval = TimeSpan.FromSeconds(10);
            },
            application: model => model.AddChannel("prices:{name}").Poll = async _ =>
            {
                if (++questions == 1) await _never.Task;
                return [new PolledItem("a", "7"u8.ToArray())];
            });
        var client = hub.Connect();
        client.Say("""{"id":2,"subscribe":{"channel":"prices:x","type":4}}""");
        client.Say("""{"id":3,"sub_refresh":{"channel":"prices:x","type":1,"track":[{"signature":"","items":[{"key":"a"}]}]}}""");

        Pass(hub, 60);

        Assert.True(questions > 1);
        Assert.Contains(client.Received(), static frame => frame.Contains("\"data\":7", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(99)]
    [InlineData(3_600_001)]
    [InlineData(0)]
    public void Limit_beyond_its_range_fails_the_start(int milliseconds)
    {
        var exception = Assert.ThrowsAny<Exception>(() => new TestHub(options => options.HandlerTimeout = TimeSpan.FromMilliseconds(milliseconds)));

        Assert.Contains("HandlerTimeout", exception.Message, StringComparison.Ordinal);
    }

    private static void Pass(TestHub hub, int seconds)
    {
        for (var second = 0; second < seconds; second++) hub.Wait(TimeSpan.FromSeconds(1));
    }

    private TestHub Hub(string type) => Hub(type, TimeSpan.FromSeconds(30));

    private TestHub Hub(string type, TimeSpan? limit) => new(
        options => (options.HandlerTimeout, options.PingInterval, options.StaleTimeout) = (limit, null, TimeSpan.FromHours(1)),
        static ns =>
        {
            (ns.HistorySize, ns.HistoryTtl) = (10, TimeSpan.FromMinutes(10));
            ns.Presence = true;
        },
        model =>
        {
            if (type == "connect") model.Connect = _ => LateAsync<ConnectDecision>(true);
            var route = model.AddChannel("news:{name}");
            route.Subscribe = _ => LateAsync<SubscribeDecision>(true);
            route.Publish = _ => LateAsync<PublishDecision>(true);
            route.Presence = _ => LateAsync<AccessDecision>(true);
            route.History = _ => LateAsync<AccessDecision>(true);
            model.AddCall("slow", async _ =>
            {
                await _never.Task;
                return null;
            });
        },
        logger: _log);

    private async ValueTask<T> LateAsync<T>(T decision)
    {
        await _never.Task;
        return decision;
    }
}
