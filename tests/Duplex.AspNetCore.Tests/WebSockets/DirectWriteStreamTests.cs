using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Duplex.WebSockets.AspNetCore;

namespace Duplex.AspNetCore.Tests.WebSockets;

public sealed class DirectWriteStreamTests : IAsyncLifetime
{
    // More than both ends' socket buffers take.
    private const int LargeBytes = 32 * 1024 * 1024;

    private readonly Pipe _heard = new();
    private readonly MemoryStream _piped = new();
    private Socket _near = null!;
    private Socket _far = null!;

    private DirectWriteStream Create() => new(new Inner(_heard.Reader.AsStream(), _piped), _near);

    public async ValueTask InitializeAsync()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        _near = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await _near.ConnectAsync(listener.LocalEndPoint!, EchoApplication.Limit);
        _far = await listener.AcceptAsync(EchoApplication.Limit);
    }

    public ValueTask DisposeAsync()
    {
        _near.Dispose();
        _far.Dispose();
        return default;
    }

    [Fact]
    public async Task Writes_go_to_the_socket_once_the_peer_was_heard()
    {
        var stream = Create();
        await HearAsync(stream);
        await stream.WriteAsync(new byte[] { 1, 2, 3 }, EchoApplication.Limit);
        Assert.Equal([1, 2, 3], await ReceiveAsync(3));
        Assert.True(stream.IsDirect);
        Assert.Empty(_piped.ToArray());
    }

    [Fact]
    public async Task Stream_that_wrote_before_the_peer_was_heard_goes_on_as_it_began()
    {
        var stream = Create();
        await stream.WriteAsync(new byte[] { 1 }, EchoApplication.Limit);
        await HearAsync(stream);
        await stream.WriteAsync(new byte[] { 2 }, EchoApplication.Limit);
        Assert.Equal([1, 2], _piped.ToArray());
        Assert.False(stream.IsDirect);
        Assert.Equal(0, _far.Available);
    }

    [Fact]
    public async Task Write_that_the_socket_does_not_take_at_once_ends_when_it_has_all()
    {
        var stream = Create();
        await HearAsync(stream);
        var bytes = new byte[LargeBytes];
        new Random(1).NextBytes(bytes);
        var writing = stream.WriteAsync(bytes, EchoApplication.Limit);
        Assert.False(writing.IsCompleted);
        Assert.Equal(bytes, await ReceiveAsync(bytes.Length));
        await writing;
    }

    [Fact]
    public async Task Write_to_a_socket_that_was_reset_fails_as_a_stream_does()
    {
        var stream = Create();
        await HearAsync(stream);
        _far.LingerState = new LingerOption(true, 0);
        _far.Dispose();
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            while (true) await stream.WriteAsync(new byte[1024], EchoApplication.Limit);
        });
    }

    private async Task HearAsync(DirectWriteStream stream)
    {
        await _heard.Writer.WriteAsync(new byte[] { 0 }, EchoApplication.Limit);
        Assert.Equal(1, await stream.ReadAsync(new byte[1], EchoApplication.Limit));
    }

    private async Task<byte[]> ReceiveAsync(int count)
    {
        var bytes = new byte[count];
        await new NetworkStream(_far).ReadExactlyAsync(bytes, EchoApplication.Limit);
        return bytes;
    }

    /// <summary>What Kestrel hands over: reads from one place, writes to another.</summary>
    private sealed class Inner(Stream input, Stream output) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            input.ReadAsync(buffer, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            output.WriteAsync(buffer, cancellationToken);
    }
}
