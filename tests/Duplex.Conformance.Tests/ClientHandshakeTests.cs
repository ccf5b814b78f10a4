using System.Text;
using Duplex.Conformance.Tests.Cases;
using Duplex.Conformance.Tests.Hosts;
using Duplex.Conformance.Tests.Judging;
using Duplex.Conformance.Tests.Rules;
using Duplex.Conformance.Tests.Wire;

namespace Duplex.Conformance.Tests;

public sealed class ClientHandshakeTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly IReadOnlyDictionary<string, ResponseCase> All = ResponseCases.All().ToDictionary(item => item.Id);

    public static TheoryData<string> Cases() => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Client_conforms_in_the_handshake(string id)
    {
        var item = All[id];
        using var server = new RawServer();
        using var limit = new CancellationTokenSource(Limit);
        var connecting = EchoClient.ConnectsAsync(server.Address);
        var (stream, request) = await server.AcceptAsync(limit.Token);
        await using (stream)
        {
            try
            {
                await stream.WriteAsync(Encoding.Latin1.GetBytes(item.Change(RawServer.Response(request))), limit.Token);
                // Whatever the answer is, nothing more of it comes.
                stream.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
            }
            catch (IOException)
            {
                // It refused the answer before it had all of it.
            }

            Assert.Equal(item.IsTaken, await connecting);
        }
    }

    [Fact]
    [Rule("6455-4.1-c", "6455-4.1-d", "6455-4.1-e", "6455-4.1-f", "6455-4.1-g", "6455-4.1-h", "6455-4.1-i")]
    public async Task Client_sends_a_request_as_section_4_1_wants_it()
    {
        using var server = new RawServer();
        using var limit = new CancellationTokenSource(Limit);
        var connecting = EchoClient.ConnectsAsync(new Uri(server.Address, "/chat/room%20one?a=b&c=%C3%A9"));
        var (stream, request) = await server.AcceptAsync(limit.Token);
        Assert.Equal("GET /chat/room%20one?a=b&c=%C3%A9 HTTP/1.1", request.StartLine);
        Assert.Equal($"127.0.0.1:{server.Address.Port}", request.One("Host"));
        Assert.Equal("websocket", request.One("Upgrade"), ignoreCase: true);
        Assert.Equal("Upgrade", request.One("Connection"), ignoreCase: true);
        Assert.Equal("13", request.One("Sec-WebSocket-Version"));
        Assert.Equal("chat", request.One("Sec-WebSocket-Protocol"));
        Assert.Equal(16, Convert.FromBase64String(request.One("Sec-WebSocket-Key")!).Length);
        Assert.Null(request.One("Content-Length"));
        Assert.Null(request.One("Transfer-Encoding"));
        Assert.False(stream.DataAvailable);
        await stream.DisposeAsync();
        Assert.False(await connecting);
    }

    [Fact]
    [Rule("6455-4.1-f")]
    public async Task Client_makes_a_new_key_for_each_connection()
    {
        using var server = new RawServer();
        using var limit = new CancellationTokenSource(Limit);
        var keys = new HashSet<string>();
        for (var i = 0; i < 20; i++)
        {
            var connecting = EchoClient.ConnectsAsync(server.Address);
            var (stream, request) = await server.AcceptAsync(limit.Token);
            keys.Add(request.One("Sec-WebSocket-Key")!);
            await stream.DisposeAsync();
            Assert.False(await connecting);
        }

        Assert.Equal(20, keys.Count);
    }

    [Fact]
    [Rule("6455-5.1-a", "6455-5.3-a", "6455-5.3-c", "6455-5.3-d")]
    public async Task Client_masks_each_frame_with_a_key_of_its_own()
    {
        using var server = new RawServer();
        var client = EchoClient.RunAsync(server.Address, isCompressed: false);
        await using var peer = await server.OpenAsync(null, Limit);
        await peer.SendBytesAsync(Enumerable.Repeat(Frame.Text("Hello").Encode(asClient: false), 1000).SelectMany(bytes => bytes).ToArray());
        var keys = new List<uint>();
        for (var i = 0; i < 1000; i++) keys.Add((await peer.ReceiveAsync())!.MaskingKey);

        // Of 1000 random keys two are equal once in 8600 runs; more than that is no chance.
        Assert.True(keys.Distinct().Count() >= 998);
        // Each bit of a key is set about half of the time, and does not follow from the key before.
        for (var bit = 0; bit < 32; bit++)
        {
            Assert.InRange(keys.Count(key => (key >> bit & 1) == 1), 350, 650);
            Assert.InRange(keys.Zip(keys.Skip(1)).Count(pair => ((pair.First ^ pair.Second) >> bit & 1) == 1), 350, 650);
        }

        peer.EndSending();
        await client;
    }

    [Fact]
    [Rule("6455-9.1-c", "7692-6.1-a")]
    public async Task Client_compresses_nothing_when_the_server_does_not_agree()
    {
        using var server = new RawServer();
        var client = EchoClient.RunAsync(server.Address, isCompressed: true);
        await using (var peer = await server.OpenAsync(null, Limit))
        {
            await peer.SendAsync(Frame.Text(new string('a', 1000)));
            Assert.Equal(0, (await peer.ReceiveAsync())!.ReservedBits);
        }

        await client;
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/")]
    [InlineData("ftp://127.0.0.1:1/")]
    [InlineData("ws://127.0.0.1:1/#fragment")]
    [Rule("6455-3-a", "6455-4.1-a")]
    public async Task Client_refuses_an_address_that_is_none_for_WebSockets(string address) =>
        await Assert.ThrowsAsync<ArgumentException>(() => EchoClient.ConnectsAsync(new Uri(address)));

    [Fact]
    [Rule("6455-4.1-a")]
    public async Task Client_fails_when_nobody_listens()
    {
        Uri address;
        using (var server = new RawServer()) address = server.Address;
        Assert.False(await EchoClient.ConnectsAsync(address));
    }

    [Fact]
    [Rule("6455-6.2-a", "6455-4.1-i")]
    public async Task Client_reads_frames_that_come_in_the_segment_of_the_response()
    {
        using var server = new RawServer();
        using var limit = new CancellationTokenSource(Limit);
        var client = EchoClient.RunAsync(server.Address, isCompressed: false);
        var (stream, request) = await server.AcceptAsync(limit.Token);
        await stream.WriteAsync((byte[])[.. Encoding.Latin1.GetBytes(RawServer.Response(request)), .. Frame.Text("early").Encode(asClient: false)], limit.Token);
        await using (var peer = new RawPeer(stream.Socket, stream, isClient: false, deflate: null, Limit))
            Assert.Equal("early"u8.ToArray(), (await peer.ReceiveMessageAsync()).Payload);
        await client;
    }

    [Fact]
    [Rule("6455-6.2-a")]
    public async Task Client_takes_a_response_that_comes_byte_by_byte_CVE_2023_43669()
    {
        using var server = new RawServer();
        using var limit = new CancellationTokenSource(Limit);
        var connecting = EchoClient.ConnectsAsync(server.Address);
        var (stream, request) = await server.AcceptAsync(limit.Token);
        await using var _ = stream;
        foreach (var one in Encoding.Latin1.GetBytes(RawServer.Response(request, ("X-Long", new string('a', 4000))))) await stream.WriteAsync(new[] { one }, limit.Token);
        Assert.True(await connecting);
    }

    [Fact]
    [Rule("6455-4.1-b")]
    public async Task Client_does_not_trust_a_certificate_that_does_not_verify()
    {
        await using var host = await EchoHost.StartAsync("kestrel");
        Assert.False(await EchoClient.ConnectsAsync(new Uri($"wss://localhost:{host.SecureEndPoint.Port}/echo")));
    }
}
