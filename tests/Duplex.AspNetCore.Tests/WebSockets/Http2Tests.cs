using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Duplex.AspNetCore.Tests.WebSockets;

/// <summary>RFC 8441: WebSockets on HTTP/2 streams, with the same API.</summary>
public sealed class Http2Tests
{
    [Fact]
    public async Task Two_websockets_on_one_http2_connection_echo_and_close()
    {
        await using var application = await StartAsync();
        using var handler = new SocketsHttpHandler { EnableMultipleHttp2Connections = false };
        using var invoker = new HttpMessageInvoker(handler);
        using var first = await ConnectAsync(application, invoker);
        using var second = await ConnectAsync(application, invoker);
        foreach (var client in new[] { first, second, first })
        {
            var sent = Encoding.ASCII.GetBytes(new string('x', 3000));
            await client.SendAsync(sent, WebSocketMessageType.Text, true, EchoApplication.Limit);
            var buffer = new byte[4096];
            var length = 0;
            while (length < sent.Length) length += (await client.ReceiveAsync(buffer.AsMemory(length), EchoApplication.Limit)).Count;
            Assert.Equal(sent, buffer[..length]);
        }

        await first.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", EchoApplication.Limit);
        await second.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", EchoApplication.Limit);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, first.CloseStatus);
    }

    [Fact]
    public async Task Message_over_the_limit_closes_1009()
    {
        await using var application = await StartAsync();
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());
        using var client = await ConnectAsync(application, invoker);
        await client.SendAsync(new byte[70_000], WebSocketMessageType.Binary, true, EchoApplication.Limit);
        await client.ReceiveAsync(new byte[10], EchoApplication.Limit);
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, client.CloseStatus);
    }

    // RFC 8441 section 5: the orderly end of a TCP connection is END_STREAM here, and a reset is RST_STREAM with CANCEL.
    [Fact]
    public async Task Stream_that_the_peer_ends_is_ended_in_order()
    {
        await using var application = await StartAsync();
        await using var peer = await RawHttp2.OpenAsync(application, "/echo");
        await peer.SendAsync([], endsStream: true);
        Assert.Equal((RawHttp2.Data, RawHttp2.EndStream), await peer.ReadEndAsync());
    }

    [Fact]
    public async Task Stream_that_is_aborted_is_cancelled()
    {
        await using var application = await StartAsync();
        await using var peer = await RawHttp2.OpenAsync(application, "/abort");
        await peer.SendAsync([0x81, 0x81, 0, 0, 0, 0, 0x61]);
        Assert.Equal((RawHttp2.RstStream, RawHttp2.Cancel), await peer.ReadEndAsync());
    }

    private static Task<EchoApplication> StartAsync() => EchoApplication.StartAsync(
        endpoints =>
        {
            endpoints.MapWebSocket("/echo", static (connection, message) => connection.Send(message));
            endpoints.MapWebSocket("/abort", static (connection, _) => connection.Abort());
        },
        host: host => host.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http2)));

    private static async Task<ClientWebSocket> ConnectAsync(EchoApplication application, HttpMessageInvoker invoker)
    {
        var client = new ClientWebSocket();
        client.Options.HttpVersion = HttpVersion.Version20;
        client.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        await client.ConnectAsync(application.WebSocketAddress("/echo"), invoker, EchoApplication.Limit);
        return client;
    }
}
