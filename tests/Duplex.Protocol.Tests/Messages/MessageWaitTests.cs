using Duplex.Protocol.Closing;

namespace Duplex.Protocol.Tests.Messages;

/// <summary>The time of a message is bounded from its first byte to its last.</summary>
public sealed class MessageWaitTests : IDisposable
{
    private readonly Endpoint _endpoint = new();

    public void Dispose() => _endpoint.Dispose();

    [Fact]
    public void Nothing_is_waited_for_between_messages()
    {
        _endpoint.Receive("81 81 00 00 00 00 61");
        Assert.Null(_endpoint.Wait);
    }

    [Fact]
    public void Message_is_waited_for_from_its_first_byte_once()
    {
        _endpoint.Receive("81");
        Assert.Equal(ProtocolWait.Message, _endpoint.Wait);
        _endpoint.Receive("82 00 00 00 00 61");
        Assert.Null(_endpoint.Wait);
        _endpoint.Receive("62");
        Assert.Equal(ProtocolWait.None, _endpoint.Wait);
    }

    [Fact]
    public void Every_message_has_its_own_time()
    {
        _endpoint.Receive("81 82 00 00 00 00 61");
        Assert.Equal(ProtocolWait.Message, _endpoint.Wait);
        _endpoint.Receive("62 81 82");
        Assert.Equal(ProtocolWait.Message, _endpoint.Wait);
    }

    [Fact]
    public void Wait_for_a_message_ends_with_our_close()
    {
        _endpoint.Receive("81");
        _endpoint.Protocol.Close(CloseCode.NormalClosure);
        Assert.Equal(ProtocolWait.Close, _endpoint.Wait);
        _endpoint.Receive("82 00 00");
        Assert.Null(_endpoint.Wait);
    }
}
