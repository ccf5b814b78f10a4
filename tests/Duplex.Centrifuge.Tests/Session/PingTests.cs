using Duplex.Centrifuge.Tests.Session.Doubles;

namespace Duplex.Centrifuge.Tests.Session;

public sealed class PingTests
{
    [Fact]
    public void Server_pings_between_half_and_the_whole_interval_and_accepts_one_pong()
    {
        using var hub = new TestHub();
        var client = hub.Connect();

        hub.Wait(TimeSpan.FromSeconds(12));
        Assert.Empty(client.Received());
        hub.Wait(TimeSpan.FromSeconds(14));
        Assert.Equal(["{}"], client.Received());

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

        hub.Wait(TimeSpan.FromSeconds(26));
        hub.Wait(TimeSpan.FromSeconds(8));

        Assert.Equal<ushort?>(3012, client.CloseCode);
    }
}
