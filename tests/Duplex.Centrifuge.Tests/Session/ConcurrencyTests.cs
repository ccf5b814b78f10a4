using Duplex.Messaging.Application;
using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Centrifuge.Tests.Session;

/// <summary>Commands of one client that are worked on at the same time.</summary>
public sealed class ConcurrencyTests
{
    private readonly Dictionary<string, TaskCompletionSource<object?>> _gates = new(StringComparer.Ordinal);

    [Fact]
    public void Slow_call_does_not_hold_up_the_other_commands_of_its_client()
    {
        using var hub = Hub(8);
        var client = hub.Connect();

        client.Say("""{"id":2,"rpc":{"method":"call","data":"a"}}""");
        Assert.Equal(["""{"id":3,"subscribe":{}}""", """{"id":4,"rpc":{}}"""], client.Say(
            """
            {"id":3,"subscribe":{"channel":"news:a"}}
            {"id":4,"rpc":{"method":"quick"}}
            """));
        Open("a");

        Assert.Equal(["""{"id":2,"rpc":{"data":"a"}}"""], client.Received());
    }

    [Fact]
    public void Slow_call_holds_up_all_others_where_one_is_worked_on_after_another()
    {
        using var hub = Hub(1);
        var client = hub.Connect();

        Assert.Empty(client.Say(
            """
            {"id":2,"rpc":{"method":"call","data":"a"}}
            {"id":3,"rpc":{"method":"quick"}}
            """));
        Open("a");

        Assert.Equal(["""{"id":2,"rpc":{"data":"a"}}""", """{"id":3,"rpc":{}}"""], client.Received());
    }

    [Fact]
    public void No_more_commands_are_worked_on_than_may_be()
    {
        using var hub = Hub(2);
        var client = hub.Connect();

        client.Say(string.Join('\n', "abc".Select(static (name, at) => "{\"id\":" + (at + 2) + ",\"rpc\":{\"method\":\"call\",\"data\":\"" + name + "\"}}")));
        Assert.Equal(["a", "b"], _gates.Keys.Order(StringComparer.Ordinal));
        Open("b");
        Assert.Equal(["""{"id":3,"rpc":{"data":"b"}}"""], client.Received());

        Assert.Equal(["a", "b", "c"], _gates.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Commands_about_one_channel_keep_their_order_and_those_about_others_pass()
    {
        using var hub = Hub(8);
        var client = hub.Connect();

        client.Say("""{"id":2,"subscribe":{"channel":"news:slow"}}""");
        Assert.Equal(["""{"id":3,"subscribe":{}}"""], client.Say("""{"id":3,"subscribe":{"channel":"news:a"}}"""));
        Assert.Empty(client.Say("""{"id":4,"unsubscribe":{"channel":"news:slow"}}"""));
        Open("news:slow");

        Assert.Equal(["""{"id":2,"subscribe":{}}""", """{"id":4,"unsubscribe":{}}"""], client.Received());
    }

    [Fact]
    public void Publications_into_one_channel_keep_their_order_whichever_handler_is_done_first()
    {
        using var hub = Hub(8);
        var client = hub.Connect();
        client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");

        client.Say("""
            {"id":3,"publish":{"channel":"news:a","data":"first"}}
            {"id":4,"publish":{"channel":"news:a","data":"second"}}
            """);
        Open("second");
        Open("first");
        hub.Shard.RunAll();
        Open("second");
        var pushes = client.Received().Where(static frame => frame.Contains("push", StringComparison.Ordinal)).ToArray();

        Assert.Contains("first", pushes[0], StringComparison.Ordinal);
        Assert.Contains("second", pushes[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Connect_is_worked_on_alone()
    {
        using var hub = new TestHub(static options => options.MaxConcurrentCommands = 8, application: model => model.Connect = _ => AllowAsync<ConnectDecision>("connect", true));
        var client = hub.Open();

        Assert.Empty(client.Say(
            """
            {"id":1,"connect":{}}
            {"id":2,"subscribe":{"channel":"news:a"}}
            """));
        Open("connect");

        var replies = client.Received();
        Assert.Contains("\"connect\"", replies[0], StringComparison.Ordinal);
        Assert.Equal("""{"id":2,"subscribe":{}}""", replies[1]);
    }

    [Fact]
    public void Call_that_ends_another_one_from_its_own_frame_leaves_the_frame_in_order()
    {
        using var hub = new TestHub(static options => options.MaxConcurrentCommands = 2, application: model =>
        {
            model.AddCall("wait", _ => new(Gate("a").Task));
            model.AddCall("open", _ =>
            {
                Open("a");
                return new((object?)null);
            });
        });
        var client = hub.Connect();

        var replies = client.Say(
            """
            {"id":2,"rpc":{"method":"wait"}}
            {"id":3,"rpc":{"method":"open"}}
            {"id":4,"rpc":{"method":"open"}}
            """);

        Assert.Equal(["2", "3", "4"], replies.Select(static reply => reply[6..7]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Client_that_goes_leaves_what_waits_undone()
    {
        using var hub = Hub(2);
        var client = hub.Connect();
        client.Say(string.Join('\n', "abc".Select(static (name, at) => "{\"id\":" + (at + 2) + ",\"rpc\":{\"method\":\"call\",\"data\":\"" + name + "\"}}")));

        client.Cut();
        Open("a");
        hub.Shard.RunAll();

        Assert.Equal(["a", "b"], _gates.Keys.Order(StringComparer.Ordinal));
    }

    private TestHub Hub(int concurrency) => new(
        options => (options.MaxConcurrentCommands, options.IsInsecure) = (concurrency, true),
        application: model =>
        {
            model.AddCall("quick", static _ => new((object?)null));
            model.AddCall("call", context => WaitAsync(System.Text.Encoding.UTF8.GetString(context.Data.Span).Trim('"'), context.Data));
            var route = model.AddChannel("news:{rest}");
            route.Subscribe = context => context.Target == "news:slow" ? AllowAsync<SubscribeDecision>("news:slow", true) : new(true);
            route.Publish = context => AllowAsync<PublishDecision>(System.Text.Encoding.UTF8.GetString(context.Data.Span).Trim('"'), true);
        });

    private async ValueTask<object?> WaitAsync(string gate, object? result)
    {
        await Gate(gate).Task;
        return result;
    }

    private async ValueTask<T> AllowAsync<T>(string gate, T decision)
    {
        await Gate(gate).Task;
        return decision;
    }

    private TaskCompletionSource<object?> Gate(string name)
    {
        lock (_gates) return _gates.TryGetValue(name, out var gate) ? gate : _gates[name] = new TaskCompletionSource<object?>();
    }

    private void Open(string gate) => Gate(gate).TrySetResult(null);
}
