using System.Net.WebSockets;
using Duplex.Protocol.Extensions;
using Duplex.WebSockets.Client;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Messages;
using Microsoft.AspNetCore.Http;

namespace Duplex.WebSockets.Tests.Interop;

/// <summary>Against System.Net.WebSockets in both directions, with every set of compression parameters that it knows.</summary>
public sealed class InteropTests
{
    private static readonly int[] Windows = [9, 10, 12, 15];
    private static readonly bool[] Both = [false, true];

    // Sizes on either side of each form of length, and content that compresses well, badly and not at all.
    private static readonly byte[][] Messages = [.. new[] { 0, 1, 125, 126, 127, 65535, 65536, 200_000 }.SelectMany(Contents)];

    public static TheoryData<bool, bool, int, int> Parameters { get; } = new(
        from server in Both
        from client in Both
        from serverBits in Windows
        from clientBits in Windows
        where serverBits == clientBits || serverBits == 15 || clientBits == 15
        select (server, client, serverBits, clientBits));

    [Theory]
    [MemberData(nameof(Parameters))]
    public async Task ClientWebSocket_and_our_server_agree(bool serverTakeover, bool clientTakeover, int serverBits, int clientBits)
    {
        await using var server = new DuplexEchoServer(new DeflateOptions
        {
            ServerContextTakeover = serverTakeover,
            ClientContextTakeover = clientTakeover,
            ServerMaxWindowBits = serverBits,
            ClientMaxWindowBits = clientBits,
            MinMessageBytes = 0,
        });
        using var client = new ClientWebSocket();
        client.Options.DangerousDeflateOptions = new WebSocketDeflateOptions
        {
            ServerContextTakeover = serverTakeover,
            ClientContextTakeover = clientTakeover,
            ServerMaxWindowBits = serverBits,
            ClientMaxWindowBits = clientBits,
        };
        await EchoAllAsync(client, server.Uri);
    }

    [Fact]
    public async Task ClientWebSocket_and_our_server_agree_without_compression()
    {
        await using var server = new DuplexEchoServer();
        using var client = new ClientWebSocket();
        await EchoAllAsync(client, server.Uri);
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public async Task Our_client_and_Kestrel_agree(bool serverTakeover, bool clientTakeover, int serverBits, int clientBits)
    {
        await using var server = await KestrelEchoServer.StartAsync(new WebSocketAcceptContext
        {
            DangerousEnableCompression = true,
            DisableServerContextTakeover = !serverTakeover,
            ServerMaxWindowBits = serverBits,
        });
        await EchoAllAsync(server.Uri, new DeflateOptions
        {
            ServerContextTakeover = serverTakeover,
            ClientContextTakeover = clientTakeover,
            ServerMaxWindowBits = serverBits,
            ClientMaxWindowBits = clientBits,
            MinMessageBytes = 0,
        });
    }

    [Fact]
    public async Task Our_client_and_Kestrel_agree_without_compression()
    {
        await using var server = await KestrelEchoServer.StartAsync();
        await EchoAllAsync(server.Uri, null);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(15)]
    public async Task Our_client_and_our_server_agree(int bits)
    {
        var compression = new DeflateOptions
        {
            ServerContextTakeover = true,
            ClientContextTakeover = true,
            ServerMaxWindowBits = bits,
            ClientMaxWindowBits = bits,
            MinMessageBytes = 0,
        };
        await using var server = new DuplexEchoServer(compression);
        await EchoAllAsync(server.Uri, compression);
    }

    private static async Task EchoAllAsync(ClientWebSocket client, Uri uri)
    {
        var token = TestContext.Current.CancellationToken;
        await client.ConnectAsync(uri, token);
        var buffer = new byte[300_000];
        foreach (var message in Messages)
        {
            await client.SendAsync(message, WebSocketMessageType.Binary, true, token);
            var length = 0;
            ValueWebSocketReceiveResult result;
            do
            {
                result = await client.ReceiveAsync(buffer.AsMemory(length), token);
                length += result.Count;
            }
            while (!result.EndOfMessage);
            Assert.True(message.AsSpan().SequenceEqual(buffer.AsSpan(0, length)));
        }

        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", token);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, client.CloseStatus);
    }

    private static async Task EchoAllAsync(Uri uri, DeflateOptions? compression)
    {
        var token = TestContext.Current.CancellationToken;
        await using var client = await WebSocketClient.ConnectAsync(
            uri, new WebSocketClientOptions { Compression = compression }, token);
        Assert.Equal(compression is not null, client.IsCompressed);
        await using var messages = client.ReadAllAsync(token).GetAsyncEnumerator(token);
        foreach (var message in Messages)
        {
            await client.SendAsync(message, MessageType.Binary, token);
            Assert.True(await messages.MoveNextAsync());
            Assert.True(message.AsSpan().SequenceEqual(messages.Current.Payload.Span));
        }

        var end = await client.CloseAsync(cancellationToken: token);
        Assert.Equal((EndReason.ClosedByApplication, Protocol.Closing.CloseCode.NormalClosure), (end.Reason, end.Code));
        Assert.False(await messages.MoveNextAsync());
    }

    private static IEnumerable<byte[]> Contents(int length)
    {
        var random = new Random(length);
        var noise = new byte[length];
        random.NextBytes(noise);
        yield return noise;
        yield return [.. Enumerable.Range(0, length).Select(i => (byte)(i / 7 % 40))];
        yield return [.. noise.Select(b => (byte)(b % 4))];
    }
}
