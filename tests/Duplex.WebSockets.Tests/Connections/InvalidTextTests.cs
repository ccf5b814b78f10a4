using Duplex.WebSockets.Client;
using Duplex.WebSockets.Messages;
using Duplex.WebSockets.Tests.Interop;

namespace Duplex.WebSockets.Tests.Connections;

/// <summary>Text that is not UTF-8 is the caller's fault, before a peer has to fail the connection for it. RFC 6455 section 8.1.</summary>
public sealed class InvalidTextTests
{
    private static readonly byte[] Invalid = [0x61, 0xFF];

    [Fact]
    public void Connection_refuses_to_send_it()
    {
        var shard = new TestShard();
        var connection = TestConnection.Open(shard, new RecordingHandler());
        Assert.Throws<ArgumentException>(() => shard.Turn(() => connection.Send(Invalid, MessageType.Text)));
        Assert.Equal("", connection.Sent);
        shard.Turn(() => connection.Send(Invalid, MessageType.Binary));
        Assert.Equal("820261FF", connection.Sent);
    }

    [Fact]
    public void Prepared_message_is_not_made_of_it() =>
        Assert.Throws<ArgumentException>(() => PreparedMessage.Create(Invalid, MessageType.Text));

    [Fact]
    public async Task Client_refuses_to_send_it_and_goes_on()
    {
        var token = TestContext.Current.CancellationToken;
        await using var server = new DuplexEchoServer();
        await using var client = await WebSocketClient.ConnectAsync(server.Uri, cancellationToken: token);
        await Assert.ThrowsAsync<ArgumentException>(async () => await client.SendAsync(Invalid, MessageType.Text, token));
        await client.SendAsync("still here", token);
        Assert.Equal("still here", (await client.ReadAllAsync(token).FirstAsync(token)).GetText());
    }
}
