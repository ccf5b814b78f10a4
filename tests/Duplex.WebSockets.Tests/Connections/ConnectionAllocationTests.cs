using Duplex.Execution;
using Duplex.Protocol.Closing;
using Duplex.Protocol.Framing;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Messages;
using Duplex.WebSockets.Sending;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duplex.WebSockets.Tests.Connections;

/// <summary>0 bytes per message in steady state, from received bytes through the handler to bytes to send.</summary>
[Collection(nameof(MeasuredAlone))]
public sealed class ConnectionAllocationTests
{
    [Theory]
    [InlineData(32), InlineData(5_000), InlineData(60_000)]
    public Task Echo_allocates_nothing(int length) => AllocatesNothingAsync(length, static (connection, message) => connection.Send(message));

    [Theory]
    [InlineData(32), InlineData(60_000)]
    public async Task Prepared_message_allocates_nothing_to_send(int length)
    {
        var prepared = PreparedMessage.Create(new byte[length], MessageType.Binary);
        await AllocatesNothingAsync(32, (connection, _) => connection.Send(prepared));
        prepared.Release();
    }

    [Theory]
    [InlineData(32), InlineData(5_000)]
    public void Awaited_send_allocates_nothing_while_the_queue_has_room(int length)
    {
        var shard = new TestShard();
        var handler = new AwaitedHandler(100_000);
        var connection = new QueueConnection(Setup(shard, handler));
        var application = new AsyncConnection(handler, connection);
        var payload = new byte[length];
        Action drain = () => connection.Drain();
        shard.Do(connection.Start);
        for (var i = 0; i < 50; i++) Send();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) Send();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Send()
        {
            for (var i = 0; i < 10; i++)
            {
                if (!application.SendAsync(payload, MessageType.Text).AsTask().IsCompletedSuccessfully) throw new InvalidOperationException("The send waits.");
            }

            shard.RunAll();
            shard.Do(drain);
        }
    }

    private static ConnectionSetup Setup(Shard shard, IWebSocketHandler handler) => new()
    {
        Shard = shard,
        Handler = handler,
        Options = WebSocketConnectionOptions.Default,
        Logger = NullLogger.Instance,
    };

    private static async Task AllocatesNothingAsync(int length, Action<WebSocketConnection, WebSocketMessage> answer)
    {
        using var shard = new ThreadPoolShard(TimeProvider.System, NullLogger.Instance);
        var connection = new QueueConnection(Setup(shard, new Answering(answer)));
        var frame = new byte[length + FrameWriter.MaxHeaderBytes];
        frame = frame[..FrameWriter.WriteMaskedFrame(frame, Opcode.Text, new byte[length], 0x3d21fa37)];
        var wire = new byte[frame.Length];
        var measured = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        shard.Post(() =>
        {
            try
            {
                measured.SetResult(Measure());
            }
            catch (Exception exception)
            {
                measured.SetException(exception);
            }
        });
        Assert.Equal(0, await measured.Task.WaitAsync(TestContext.Current.CancellationToken));

        long Measure()
        {
            connection.Start();
            var expected = Exchange();
            for (var i = 0; i < 50; i++) Assert.Equal(expected, Exchange());
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1000; i++) Exchange();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        long Exchange()
        {
            frame.CopyTo(wire, 0);
            // In two pieces, so that the message is put together in pooled memory.
            connection.Feed(wire.AsSpan(0, 20));
            connection.Feed(wire.AsSpan(20));
            return connection.Drain();
        }
    }

    private sealed class Answering(Action<WebSocketConnection, WebSocketMessage> answer) : IWebSocketHandler
    {
        public void OnOpen(WebSocketConnection connection)
        {
        }

        public void OnMessage(WebSocketConnection connection, in WebSocketMessage message) => answer(connection, message);

        public void OnClosed(WebSocketConnection connection, in ConnectionEnd end)
        {
        }
    }

    /// <summary>A shell of nothing but the send queue.</summary>
    private sealed class QueueConnection(ConnectionSetup setup) : ProtocolConnection(setup)
    {
        private readonly SendQueue _queue = new();

        public override long QueuedBytes => _queue.Length;

        protected override LingerPolicy Linger => LingerPolicy.Never;

        public void Start() => Open();

        public void Feed(Span<byte> bytes) => Receive(bytes);

        public long Drain()
        {
            var bytes = _queue.Length;
            while (_queue.TryPeek(int.MaxValue, out var sent)) _queue.Consume(sent.Length);
            OnSent();
            return bytes;
        }

        protected override void OnReceivingPaused()
        {
        }

        protected override void OnReceivingResumed()
        {
        }

        protected override Span<byte> GetSendSpan(int length) => _queue.GetSpan(length);

        protected override void AdvanceSend(int length) => _queue.Advance(length);

        protected override void Enqueue(PreparedMessage message) => _queue.Add(message);

        protected override void FlushTransport()
        {
        }

        protected override void ShutdownSending()
        {
        }

        protected override void EndTransport(bool inOrder)
        {
        }
    }
}
