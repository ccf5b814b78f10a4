using System.Globalization;
using System.Net.WebSockets;

namespace AotSmoke;

/// <summary>The engine compiles ahead of time without a warning, and the native program serves.</summary>
public sealed class NativeEchoServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_native_echo_server_is_published_without_warnings_and_serves_ClientWebSocket()
    {
        using var server = await NativeProgram.StartAsync("Server", "AotEchoServer");
        var port = int.Parse(server.FirstLine, CultureInfo.InvariantCulture);
        await EchoAsync(port, compression: null);
        await EchoAsync(port, new WebSocketDeflateOptions());
    }

    private static async Task EchoAsync(int port, WebSocketDeflateOptions? compression)
    {
        using var client = new ClientWebSocket();
        client.Options.DangerousDeflateOptions = compression;
        await client.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/"), Token);
        var message = new byte[10_000];
        await client.SendAsync(message, WebSocketMessageType.Binary, true, Token);
        var received = 0;
        var buffer = new byte[20_000];
        while (received < message.Length) received += (await client.ReceiveAsync(buffer.AsMemory(received), Token)).Count;
        Assert.Equal(message, buffer[..received]);
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Token);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, client.CloseStatus);
    }
}
