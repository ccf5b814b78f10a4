using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Messaging.Tests.Clients;

public sealed class PingTests
{
    [Fact]
    public void Server_pings_between_half_and_the_whole_interval_and_accepts_one_pong()
    {
        using var hub = new TestHub();
        var client = hub.Connect();

        Assert.InRange(SecondsUntilPing(hub, client), 12, 26);

        Assert.Empty(client.Say("{}"));
        Assert.Null(client.CloseCode);
        client.Say("{}");
        Assert.Equal<ushort?>(3501, client.CloseCode);
    }

    [Fact]
    public void Server_disconnects_with_3012_a_client_that_does_not_answer_a_ping()
    {
        using var hub = new TestHub();
        var client = hub.Connect();

        SecondsUntilPing(hub, client);
        hub.Wait(TimeSpan.FromSeconds(9));

        Assert.Equal<ushort?>(3012, client.CloseCode);
    }

    [Fact]
    public void Server_accepts_a_pong_until_the_next_ping_when_time_limit_and_interval_are_equal()
    {
        using var hub = new TestHub(options => options.PongTimeout = options.PingInterval!.Value);
        var client = hub.Connect();

        SecondsUntilPing(hub, client);
        hub.Wait(TimeSpan.FromSeconds(24));
        Assert.Empty(client.Say("{}"));
        Assert.InRange(SecondsUntilPing(hub, client), 1, 2);
        hub.Wait(TimeSpan.FromSeconds(26));
        Assert.Equal<ushort?>(3012, client.CloseCode);
    }

    private static int SecondsUntilPing(TestHub hub, TestClient client)
    {
        for (var second = 1; second < 60; second++)
        {
            hub.Wait(TimeSpan.FromSeconds(1));
            if (client.Transport.Take() is ["{}"]) return second;
        }

        throw new InvalidOperationException("No ping came.");
    }
}
