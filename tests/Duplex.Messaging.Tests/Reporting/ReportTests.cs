using Duplex.Messaging.Application;
using Duplex.Messaging.Tests.Clients;
using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Messaging.Tests.Reporting;

/// <summary>What the log says of refusals and failures, and that clients cannot fill it.</summary>
public sealed class ReportTests
{
    private readonly RecordingLogger _log = new();

    [Fact]
    public void Refusal_is_logged_with_client_target_code_and_what_to_change()
    {
        using var hub = Hub();
        var client = hub.Connect();

        client.Say("""{"id":2,"subscribe":{"channel":"closed:a"}}""");

        Assert.Equal(
            [$"Information: The hub refused 'subscribe' of client {client.Id} (user '', address unknown) for 'closed:a' with 103 'permission denied': "
                + "No token or handler decides, and AllowSubscribe options of the namespace do not allow it. (0 more since the last entry of this kind)."],
            _log.Take());
    }

    [Theory]
    [InlineData("""{"id":2,"subscribe":{"channel":"none:a"}}""", "subscribe", "none:a", 102)]
    [InlineData("""{"id":2,"publish":{"channel":"news:a","data":1}}""", "publish", "news:a", 103)]
    [InlineData("""{"id":2,"history":{"channel":"news:a"}}""", "history", "news:a", 108)]
    [InlineData("""{"id":2,"presence":{"channel":"news:a"}}""", "presence", "news:a", 108)]
    [InlineData("""{"id":2,"rpc":{"method":"none"}}""", "rpc", "none", 104)]
    [InlineData("""{"id":2,"subscribe":{"channel":"$news:a","token":"x"}}""", "subscribe", "$news:a", 103)]
    [InlineData("""{"id":2,"refresh":{"token":"x"}}""", "refresh", "", 3500)]
    public void Every_command_that_is_refused_leaves_a_line(string command, string name, string target, int code)
    {
        using var hub = Hub();

        hub.Connect().Say(command);

        var line = Assert.Single(_log.Take());
        Assert.Contains($"refused '{name}'", line, StringComparison.Ordinal);
        Assert.Contains($"for '{target}' with {code} ", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Refused_connect_that_ends_the_connection_leaves_one_line()
    {
        using var hub = Hub(static options => options.AllowAnonymous = false);

        hub.Open().Say("""{"id":1,"connect":{}}""");

        Assert.Contains(
            "with 3501 'bad request': The client has no token: send one, map OnConnect, or set AllowAnonymous.", Assert.Single(_log.Take()), StringComparison.Ordinal);
    }

    [Fact]
    public void Explanation_is_sent_only_with_detailed_errors()
    {
        using var hub = Hub(static options => (options.AllowAnonymous, options.EnableDetailedErrors) = (false, true));
        using var production = Hub(static options => options.AllowAnonymous = false);
        var (detailed, terse) = (hub.Open(), production.Open());

        detailed.Say("""{"id":1,"connect":{}}""");
        terse.Say("""{"id":1,"connect":{}}""");

        Assert.Equal("bad request: The client has no token: send one, map OnConnect, or set AllowAnonymous.", detailed.Transport.Closed?.Reason);
        Assert.Equal("bad request", terse.Transport.Closed?.Reason);
    }

    [Fact]
    public void Message_of_an_error_has_the_explanation_with_detailed_errors()
    {
        using var hub = Hub(static options => options.EnableDetailedErrors = true);

        var reply = Assert.Single(hub.Connect().Say("""{"id":2,"rpc":{"method":"none"}}"""));

        Assert.Equal("""{"id":2,"error":{"code":104,"message":"method not found: No handler is mapped for this method: map it with MapRpc, or correct the name."}}""", reply);
    }

    [Fact]
    public void Refusals_of_a_kind_are_seen_once_a_minute_and_the_others_at_debug()
    {
        using var hub = Hub();
        var client = hub.Connect();

        for (var i = 0; i < 100; i++) client.Say("{\"id\":2,\"subscribe\":{\"channel\":\"closed:" + i + "\"}}");
        Assert.Equal(["Information", .. Enumerable.Repeat("Debug", 99)], Levels());
        hub.Time.Advance(TimeSpan.FromMinutes(1));
        client.Say("""{"id":2,"subscribe":{"channel":"closed:a"}}""");

        Assert.EndsWith("(99 more since the last entry of this kind).", Assert.Single(_log.Take()), StringComparison.Ordinal);
    }

    [Fact]
    public void Failures_that_clients_cause_are_errors_once_in_ten_seconds()
    {
        using var hub = Hub(application: static model => model.AddCall("fail", static _ => throw new InvalidOperationException("It fails.")));
        var client = hub.Connect();

        for (var i = 0; i < 100; i++) client.Say("""{"id":2,"rpc":{"method":"fail"}}""");
        Assert.Equal(["Error", .. Enumerable.Repeat("Debug", 99)], Levels());
        hub.Time.Advance(TimeSpan.FromSeconds(10));
        client.Say("""{"id":2,"rpc":{"method":"fail"}}""");

        Assert.Equal(["Error"], Levels());
    }

    [Fact]
    public void Text_of_a_client_writes_no_line_of_its_own()
    {
        using var hub = Hub(application: static model => model.OtherCalls = static _ => throw new InvalidOperationException("It fails."));

        hub.Connect().Say("""{"id":2,"rpc":{"method":"a\nError: all is lost"}}""");

        Assert.Contains("'a?Error: all is lost'", Assert.Single(_log.Take()), StringComparison.Ordinal);
    }

    [Fact]
    public void Frame_that_is_no_command_is_logged_with_the_place()
    {
        using var hub = Hub();
        var client = hub.Connect();

        client.Say("""{"id":2,"publish":nonsense}""");

        Assert.Contains("with 3501 'bad request': The frame is malformed at byte 19 of the command: ", Assert.Single(_log.Take()), StringComparison.Ordinal);
    }

    [Fact]
    public void End_of_a_connection_is_logged_with_code_and_reason()
    {
        using var hub = Hub();
        var client = hub.Connect();
        _log.Take();

        client.Client.Disconnect(new(4001, "bye"));
        hub.Shard.RunAll();

        Assert.Equal(
            [$"Debug: Client {client.Id} (user '', address unknown) is disconnected with 4001 'bye': "
                + "The application disconnected the client with a code of its own. (0 more since the last entry of this kind)."],
            _log.Take());
    }

    [Fact]
    public void Logger_that_throws_costs_the_entry_alone()
    {
        using var hub = Hub();
        var client = hub.Connect();
        _log.Throws = true;

        Assert.Contains("\"code\":103", Assert.Single(client.Say("""{"id":2,"subscribe":{"channel":"closed:a"}}""")), StringComparison.Ordinal);
        client.Cut();

        LifeCycleTests.AssertNothingIsLeft(hub);
    }

    private IEnumerable<string> Levels() => _log.Take().Select(static line => line[..line.IndexOf(':', StringComparison.Ordinal)]);

    private TestHub Hub(Action<Messaging.HubOptions>? configure = null, Action<ApplicationModel>? application = null) => new(
        options =>
        {
            options.PingInterval = null;
            options.Namespaces["closed"] = new();
            configure?.Invoke(options);
        },
        application: model =>
        {
            model.AddCall("any", static _ => default);
            application?.Invoke(model);
        },
        tokens: new FakeTokens(),
        logger: _log);
}
