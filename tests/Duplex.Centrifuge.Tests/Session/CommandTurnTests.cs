using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Centrifuge.Tests.Session;

/// <summary>How many commands of one client are done before others have their turn, and how many it may send.</summary>
public sealed class CommandTurnTests
{
    private const int PerTurn = 64;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Client_that_sends_many_commands_lets_the_others_have_their_turn_and_gets_all_replies_in_order(bool isOneFrame)
    {
        using var hub = new TestHub(news: static ns => (ns.Presence, ns.AllowPresence, ns.AllowPresenceForAnonymous) = (true, true, true));
        var (client, other) = (hub.Connect(), hub.Connect());
        other.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");
        var commands = Enumerable.Range(2, 300).Select(static id => "{\"id\":" + id + ",\"presence_stats\":{\"channel\":\"news:a\"}}").ToArray();

        if (isOneFrame) client.Send(string.Join('\n', commands));
        else hub.Shard.Do(() => Array.ForEach(commands, client.Send));
        hub.PublishWithoutRunning("news:a", "1");

        var before = client.Transport.Take();
        Assert.InRange(before.Length, 1, PerTurn);
        hub.Shard.RunOne();
        hub.Shard.RunOne();
        Assert.Single(other.Transport.Take());
        var after = client.Transport.Take();
        Assert.InRange(after.Length, 1, PerTurn);
        string[] replies = [.. before, .. after, .. client.Received()];
        Assert.Equal(
            Enumerable.Range(2, 300).Select(static id => "{\"id\":" + id + ",\"presence_stats\":{\"num_clients\":1,\"num_users\":1}}"),
            replies);
    }

    [Fact]
    public void Commands_of_earlier_turns_do_not_make_later_ones_wait()
    {
        using var hub = new TestHub();
        var client = hub.Connect();
        for (var turn = 0; turn < 10; turn++)
        {
            client.Send(string.Join('\n', Enumerable.Range(2, 16).Select(static id => "{\"id\":" + id + ",\"unsubscribe\":{\"channel\":\"news:a\"}}")));
            Assert.Equal(16, client.Transport.Take().Length);
        }
    }

    [Fact]
    public void Command_behind_an_unfinished_frame_of_many_waits_for_it()
    {
        using var hub = new TestHub();
        var client = hub.Connect();
        client.Send(string.Join('\n', Enumerable.Range(2, 100).Select(static id => "{\"id\":" + id + ",\"unsubscribe\":{\"channel\":\"news:a\"}}")));
        client.Send("""{"id":1000,"unsubscribe":{"channel":"news:a"}}""");

        var replies = client.Received();

        Assert.Equal(101, replies.Length);
        Assert.Equal("""{"id":1000,"unsubscribe":{}}""", replies[^1]);
    }

    [Fact]
    public void Client_that_sends_more_commands_than_its_rate_is_disconnected_with_3013_and_may_save_up_ten_seconds()
    {
        using var hub = new TestHub(static options => options.CommandRateLimit = 5);
        var client = hub.Connect();
        for (var id = 2; id <= 50; id++) client.Say("{\"id\":" + id + ",\"unsubscribe\":{\"channel\":\"news:a\"}}");
        Assert.Null(client.CloseCode);

        hub.Time.Advance(TimeSpan.FromSeconds(1));
        for (var id = 51; id <= 55; id++) client.Say("{\"id\":" + id + ",\"unsubscribe\":{\"channel\":\"news:a\"}}");
        Assert.Null(client.CloseCode);
        Assert.Empty(client.Say("""{"id":56,"unsubscribe":{"channel":"news:a"}}"""));

        Assert.Equal<ushort?>(3013, client.CloseCode);
    }

    [Fact]
    public void Pong_does_not_wait_for_a_handler_that_is_at_work()
    {
        var gate = new TaskCompletionSource<object?>();
        using var hub = new TestHub(static options => options.HandlerTimeout = null, application: model => model.AddCall("slow", _ => new(gate.Task)));
        var client = hub.Connect();
        client.Say("""{"id":2,"rpc":{"method":"slow"}}""");

        for (var second = 0; second < 120; second++)
        {
            hub.Wait(TimeSpan.FromSeconds(1));
            if (client.Transport.Take() is ["{}"]) client.Say("{}");
        }

        Assert.Null(client.CloseCode);
        gate.SetResult(null);
        Assert.Equal(["""{"id":2,"rpc":{}}"""], client.Received());
    }
}
