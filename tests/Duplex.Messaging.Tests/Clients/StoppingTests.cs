using Duplex.Messaging.Application;
using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Messaging.Tests.Clients;

/// <summary>A hub that stops, and whom it waits for.</summary>
public sealed class StoppingTests
{
    [Fact]
    public async Task Hub_that_stops_waits_for_clients_to_leave_and_for_the_handlers_of_their_leaving()
    {
        var handler = new TaskCompletionSource<object?>();
        using var hub = new TestHub(application: model => model.Disconnect = _ => new((Task)handler.Task));
        var client = hub.Connect();

        var stopping = hub.Hub.StopAsync(TestContext.Current.CancellationToken);
        Assert.Null(client.CloseCode);
        Assert.False(stopping.IsCompleted);

        hub.Shard.RunAll();
        Assert.Equal<ushort?>(3001, client.CloseCode);
        Assert.False(stopping.IsCompleted);

        handler.SetResult(null);
        await stopping;
    }

    [Fact]
    public async Task Hub_that_stops_waits_for_a_call_that_was_made_before()
    {
        var handler = new TaskCompletionSource<object?>();
        using var hub = new TestHub(application: model => model.AddCall("slow", _ => new(handler.Task)));
        var client = hub.Connect();
        client.Say("""{"id":2,"rpc":{"method":"slow"}}""");

        var stopping = hub.Hub.StopAsync(TestContext.Current.CancellationToken);
        hub.Shard.RunAll();
        Assert.False(stopping.IsCompleted);

        handler.SetException(new InvalidOperationException("It fails, and has returned nevertheless."));
        await stopping;
    }

    [Fact]
    public async Task Hub_that_stops_takes_no_client_and_lets_one_go_that_was_on_its_way_in()
    {
        var handler = new TaskCompletionSource<ConnectDecision>();
        var left = 0;
        using var hub = new TestHub(application: model =>
        {
            model.Connect = _ => new(handler.Task);
            model.Disconnect = _ =>
            {
                left++;
                return default;
            };
        });
        var early = hub.Open();
        Assert.Empty(early.Say("""{"id":1,"connect":{}}"""));

        var stopping = hub.Hub.StopAsync(TestContext.Current.CancellationToken);
        var late = hub.Open();
        late.Say("""{"id":1,"connect":{}}""");
        Assert.Equal<ushort?>(3001, late.CloseCode);

        handler.SetResult(ConnectDecision.Allow() with { User = "42" });
        hub.Shard.RunAll();
        Assert.Equal<ushort?>(3001, early.CloseCode);
        Assert.Equal(1, left);
        await stopping;
    }
}
