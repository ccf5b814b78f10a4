using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using Duplex.Conformance.Tests.Cases;
using Duplex.Protocol.Closing;
using Duplex.WebSockets.Client;
using Duplex.WebSockets.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Duplex.Conformance.Tests.Interop;

/// <summary>Our client, speaking to servers that others wrote.</summary>
public sealed class ClientInteropTests
{
    private static readonly int[] Sizes = [0, 1, 125, 126, 127, 65535, 65536, 1 << 20];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Client_echoes_with_ws(bool isCompressed)
    {
        using var server = PeerProcess.Node("server.mjs", "ws", isCompressed ? "true" : "false");
        await AssertEchoesAsync(await server.ReadPortAsync(), isCompressed);
        Assert.Equal("closed 4001 enough", await server.ReadLineAsync());
    }

    [Fact]
    public async Task Client_echoes_with_websocket()
    {
        using var server = PeerProcess.Node("server.mjs", "websocket");
        await AssertEchoesAsync(await server.ReadPortAsync(), isCompressed: false);
        Assert.Equal("closed 4001 enough", await server.ReadLineAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Client_echoes_with_python_websockets(bool isCompressed)
    {
        using var server = PeerProcess.Python("server.py", isCompressed ? "true" : "false");
        await AssertEchoesAsync(await server.ReadPortAsync(), isCompressed);
        Assert.Equal("closed 4001 enough", await server.ReadLineAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Client_echoes_with_System_Net_WebSockets_on_Kestrel(bool isCompressed)
    {
        await using var application = await StartKestrelAsync();
        await AssertEchoesAsync(new Uri(application.Urls.First()).Port, isCompressed);
    }

    private static async Task AssertEchoesAsync(int port, bool isCompressed)
    {
        var options = new WebSocketClientOptions
        {
            Compression = isCompressed ? new() { ServerContextTakeover = true, ClientContextTakeover = true, MinMessageBytes = 0 } : null,
        };
        using var limit = new CancellationTokenSource(PeerProcess.Limit);
        await using var client = await WebSocketClient.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/"), options, limit.Token);
        Assert.Equal(isCompressed, client.IsCompressed);
        await using var echoes = client.ReadAllAsync(limit.Token).GetAsyncEnumerator(limit.Token);
        foreach (var size in Sizes)
        {
            foreach (var type in new[] { MessageType.Text, MessageType.Binary })
            {
                var message = type == MessageType.Text ? Payloads.Json(size, size) : RandomNumberGenerator.GetBytes(size);
                await client.SendAsync(message, type, limit.Token);
                Assert.True(await echoes.MoveNextAsync());
                Assert.Equal(type, echoes.Current.Type);
                Assert.True(echoes.Current.Payload.Span.SequenceEqual(message));
            }
        }

        await client.CloseAsync((CloseCode)4001, "enough", limit.Token);
    }

    private static async Task<WebApplication> StartKestrelAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        application.UseWebSockets();
        application.Run(EchoAsync);
        await application.StartAsync();
        return application;
    }

    private static async Task EchoAsync(HttpContext context)
    {
        var accept = new WebSocketAcceptContext { DangerousEnableCompression = context.Request.Headers.SecWebSocketExtensions.Count > 0 };
        using var socket = await context.WebSockets.AcceptWebSocketAsync(accept);
        var buffer = new byte[65536];
        while (await socket.ReceiveAsync(buffer.AsMemory(), default) is { MessageType: not WebSocketMessageType.Close } result)
        {
            await socket.SendAsync(buffer.AsMemory(0, result.Count), result.MessageType, result.EndOfMessage, default);
        }

        await socket.CloseOutputAsync(socket.CloseStatus!.Value, socket.CloseStatusDescription, default);
    }
}
