using System.Buffers.Binary;
using Duplex.Execution;
using Duplex.WebSockets.Hosting;

namespace Duplex.WebSockets.Connections;

/// <summary>
/// Pings the peer at an interval, measures the round-trip time and reports a dead peer. Any byte that arrives after a ping
/// counts as a sign of life, because a pong can wait behind a long message; while the send queue is full, the bytes that the
/// peer takes count instead. The time-out is at most the interval; null waits without bound.
/// </summary>
internal sealed class KeepAlive(ProtocolConnection connection, WebSocketConnectionOptions options) : ShardTimer
{
    private uint _lastPing;
    private long _sentAt;
    private long _roundTripTicks = -1;
    private bool _isWaiting;

    /// <summary>Whether the peer has shown a sign of life since the last ping; the connection sets it.</summary>
    public bool IsPeerAlive { get; set; }

    private TimeSpan Interval => options.PingInterval.GetValueOrDefault();

    /// <summary>The time between the last ping and its pong; null before the first pong. Safe from any thread.</summary>
    public TimeSpan? RoundTripTime => Volatile.Read(ref _roundTripTicks) is var ticks and >= 0 ? TimeSpan.FromTicks(ticks) : null;

    public void Start() => connection.Shard.Schedule(this, Interval);

    public void Stop() => connection.Shard.Cancel(this);

    public void OnPong(ReadOnlySpan<byte> payload)
    {
        // RFC 6455 section 5.5.3: an unsolicited pong is legal and is no measure of the round-trip time.
        if (_sentAt == 0 || payload.Length != sizeof(uint) || BinaryPrimitives.ReadUInt32BigEndian(payload) != _lastPing) return;
        Volatile.Write(ref _roundTripTicks, connection.Shard.Time.GetElapsedTime(_sentAt).Ticks);
        _sentAt = 0;
    }

    protected override void OnFailed() => connection.Abort();

    protected override void OnDue()
    {
        if (_isWaiting)
        {
            if (!IsPeerAlive && !connection.IsReceivingPaused)
            {
                connection.OnPingTimeout();
                return;
            }

            if (Interval - options.PongTimeout.GetValueOrDefault() is var rest && rest > TimeSpan.Zero)
            {
                _isWaiting = false;
                connection.Shard.Schedule(this, rest);
                return;
            }
        }

        _isWaiting = options.PongTimeout is not null;
        IsPeerAlive = false;
        _sentAt = connection.Shard.Time.GetTimestamp();
        Span<byte> payload = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(payload, ++_lastPing);
        connection.SendPing(payload);
        connection.Shard.Schedule(this, options.PongTimeout ?? Interval);
    }
}
