using Duplex.Conformance.Tests.Judging;
using Duplex.Conformance.Tests.Rules;
using Duplex.Conformance.Tests.Wire;
using Duplex.Protocol.Closing;
using Duplex.WebSockets.Client;

namespace Duplex.Conformance.Tests;

/// <summary>Closing that the client starts, and what it reports. RFC 6455 section 7.1.</summary>
public sealed class ClientClosingTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(1000, "")]
    [InlineData(3000, "κόσμε")]
    [InlineData(4999, "enough")]
    [Rule("6455-7.1.2-a", "6455-5.5.1-e", "6455-5.1-a")]
    public async Task Client_closes_with_the_code_and_reason_it_is_given(int code, string reason)
    {
        var (client, peer) = await OpenAsync();
        await using var _ = client;
        await using var __ = peer;
        var closing = client.CloseAsync((CloseCode)code, reason, TestContext.Current.CancellationToken);
        var close = await peer.ReceiveAsync();
        Assert.Equal((8, code, reason), (close!.Opcode, close.CloseCode, close.CloseReason));
        await peer.SendAsync(Frame.Close(code));
        peer.EndSending();
        Assert.Null(await peer.ReceiveAsync());
        Assert.Equal(code, (int)(await closing).Code);
    }

    [Theory]
    [InlineData(4001, "why")]
    [InlineData(1011, "")]
    [Rule("6455-7.1.5-a")]
    public async Task Client_reports_the_code_and_reason_that_came_first(int code, string reason)
    {
        var (client, peer) = await OpenAsync();
        await using var _ = client;
        await using var __ = peer;
        await peer.SendAsync(Frame.Close(code, reason));
        Assert.Equal(code, (await peer.ReceiveAsync())!.CloseCode);
        peer.EndSending();
        var end = await client.Completion;
        Assert.Equal((code, reason), ((int)end.Code, end.CloseReason));
    }

    [Fact]
    [Rule("6455-7.1.5-a")]
    public async Task Client_reports_1005_for_a_close_frame_without_a_code()
    {
        var (client, peer) = await OpenAsync();
        await using var _ = client;
        await using var __ = peer;
        await peer.SendAsync(Frame.Close([]));
        await peer.ReceiveAsync();
        peer.EndSending();
        Assert.Equal(1005, (int)(await client.Completion).Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Rule("6455-7.2.1-a", "6455-7.1.5-a")]
    public async Task Client_fails_with_1006_when_the_transport_is_lost(bool isReset)
    {
        var (client, peer) = await OpenAsync();
        await using var _ = client;
        await using var __ = peer;
        if (isReset) peer.Reset();
        else peer.EndSending();
        Assert.Equal(1006, (int)(await client.Completion).Code);
    }

    [Fact]
    [Rule("6455-6.1-a")]
    public async Task Client_does_not_send_once_the_connection_has_ended()
    {
        var (client, peer) = await OpenAsync();
        await using var _ = client;
        await using (peer)
        {
            await peer.SendAsync(Frame.Close(1000));
            await peer.ReceiveAsync();
            peer.EndSending();
            await client.Completion;
        }

        Assert.False(await client.SendAsync("late", TestContext.Current.CancellationToken));
    }

    private static async Task<(WebSocketClient Client, RawPeer Peer)> OpenAsync()
    {
        using var server = new RawServer();
        var connecting = WebSocketClient.ConnectAsync(server.Address, null, TestContext.Current.CancellationToken);
        var peer = await server.OpenAsync(null, Limit);
        return (await connecting, peer);
    }
}
