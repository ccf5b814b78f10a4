using Duplex.Execution;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;
using Duplex.WebSockets.Streams;
using Duplex.WebSockets.Tests.Connections;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.WebSockets.Tests.Streams;

/// <summary>A large message to a peer on a slow link: the bytes that it takes are its sign of life.</summary>
public sealed class SlowPeerTests : IDisposable
{
    private const int MessageBytes = 4 * 1024 * 1024;
    private const int SliceBytes = 256 * 1024;

    private readonly FakeTimeProvider _time = new();
    private readonly SlowStream _stream = new();
    private readonly RecordingHandler _handler = new() { OnOpened = static connection => connection.Send(new byte[MessageBytes], MessageType.Binary) };
    private readonly ThreadPoolShard _shard;

    public SlowPeerTests() => _shard = new ThreadPoolShard(_time, NullLogger.Instance);

    [Fact]
    public async Task Peer_that_takes_a_message_slowly_stays_connected()
    {
        var run = RunAsync();
        var length = await _stream.NextWriteAsync();
        // In 7 s it takes 256 KiB: the message takes four ping intervals.
        for (var taken = SliceBytes; taken < MessageBytes; taken += SliceBytes)
        {
            _time.Advance(TimeSpan.FromSeconds(7));
            if (_stream.Take(SliceBytes)) length = await _stream.NextWriteAsync();
            Assert.DoesNotContain(_handler.Calls, call => call.StartsWith("closed", StringComparison.Ordinal));
        }

        Assert.InRange(length, 1, SliceBytes);
        _stream.Abort();
        await run;
        Assert.Equal("closed TransportLost 1006", _handler.Calls[^1]);
    }

    [Fact]
    public async Task Peer_that_takes_nothing_is_dropped_after_the_ping_time_out()
    {
        var run = RunAsync();
        await _stream.NextWriteAsync();
        _time.Advance(TimeSpan.FromSeconds(26));
        // The ping is queued once the shard has run this.
        await OnShardAsync();
        _time.Advance(TimeSpan.FromSeconds(9));
        await run;
        Assert.Equal("closed PingTimeout 1006", _handler.Calls[^1]);
    }

    public void Dispose()
    {
        _shard.Dispose();
        _stream.Dispose();
    }

    private async Task RunAsync()
    {
        var connection = new StreamConnection(
            new ConnectionSetup { Shard = _shard, Handler = _handler, Options = WebSocketConnectionOptions.Default, Logger = NullLogger.Instance },
            new SlowTransport(_stream));
        await connection.RunAsync();
        // OnClosed is called in a later turn than the one that ends the run.
        await OnShardAsync();
    }

    private Task OnShardAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _shard.Post(done.SetResult);
        return done.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    private sealed class SlowTransport(SlowStream stream) : StreamTransport
    {
        public override Stream Stream => stream;

        public override void Abort() => stream.Abort();
    }
}
