using Duplex.Protocol.Closing;

namespace Duplex.Protocol.Tests.Closing;

/// <summary>RFC 6455 section 7.1.1: how the transport ends, so that the close frame arrives.</summary>
public sealed class TransportEndTests : IDisposable
{
    private const string Close1000 = "88 82 00 00 00 00 03 E8";

    private readonly Endpoint _endpoint = new();

    private WebSocketProtocol Protocol => _endpoint.Protocol;

    public void Dispose() => _endpoint.Dispose();

    [Fact]
    public void Transport_of_an_open_connection_is_left_alone()
    {
        Protocol.Drain(LingerPolicy.Always);
        Assert.Equal(TransportAction.None, Protocol.OnSent());
        Assert.Null(_endpoint.Wait);
    }

    [Fact]
    public void Sending_side_is_shut_when_everything_was_sent_and_the_peers_end_ends_the_transport()
    {
        CloseAndDrain(LingerPolicy.Always);
        Assert.Equal(ProtocolWait.TransportEnd, _endpoint.Wait);
        Assert.Equal(TransportAction.ShutdownSending, Protocol.OnSent());
        Assert.Equal(TransportAction.None, Protocol.OnSent());
        Assert.Equal(TransportAction.End, Protocol.OnPeerEnded());
        Assert.Equal(ProtocolWait.None, _endpoint.Wait);
        Assert.Equal(TransportAction.None, Protocol.OnPeerEnded());
    }

    [Fact]
    public void Peer_that_has_ended_its_side_before_is_not_waited_for()
    {
        CloseAndDrain(LingerPolicy.Always);
        Assert.Equal(TransportAction.None, Protocol.OnPeerEnded());
        Assert.Equal(TransportAction.End, Protocol.OnSent());
    }

    [Theory]
    [InlineData(LingerPolicy.Never, Close1000, false)]
    [InlineData(LingerPolicy.Never, "83 80 00 00 00 00", false)]
    [InlineData(LingerPolicy.WhenNeeded, Close1000, false)]
    [InlineData(LingerPolicy.WhenNeeded, Close1000 + "81", true)] // more than a close frame has arrived
    [InlineData(LingerPolicy.WhenNeeded, "83 80 00 00 00 00", true)]
    [InlineData(LingerPolicy.Always, Close1000, true)]
    public void Transport_lingers_where_bytes_may_be_on_their_way(LingerPolicy policy, string received, bool lingers)
    {
        _endpoint.Receive(received);
        Protocol.Drain(policy);
        Assert.Equal(lingers, Protocol.Lingers);
        Assert.Equal(lingers ? TransportAction.ShutdownSending : TransportAction.End, Protocol.OnSent());
    }

    [Fact]
    public void Transport_lingers_after_a_failure_of_ours()
    {
        Protocol.Fail(CloseCode.InternalError, "");
        Protocol.Drain(LingerPolicy.WhenNeeded);
        Assert.True(Protocol.Lingers);
    }

    [Fact]
    public void Bytes_that_still_arrive_are_discarded_within_bounds()
    {
        CloseAndDrain(LingerPolicy.Always);
        Assert.Equal(TransportAction.None, Protocol.Discard(WebSocketProtocol.MaxLingerBytes));
        Assert.Equal(TransportAction.Reset, Protocol.Discard(1));
        Assert.Equal(TransportAction.None, Protocol.Discard(int.MaxValue));
        Assert.Equal(TransportAction.None, Protocol.OnSent());
    }

    [Fact]
    public void Nothing_is_to_do_after_a_drop()
    {
        CloseAndDrain(LingerPolicy.Always);
        Protocol.Drop();
        Assert.Equal(TransportAction.None, Protocol.OnSent());
        Assert.Equal(TransportAction.None, Protocol.OnPeerEnded());
        Assert.Equal(TransportAction.None, Protocol.Discard(int.MaxValue));
    }

    private void CloseAndDrain(LingerPolicy policy)
    {
        _endpoint.Receive(Close1000);
        Protocol.Drain(policy);
    }
}
