using System.Buffers.Binary;
using Duplex.Execution;
using Duplex.WebSockets.Hosting;

namespace Duplex.WebSockets.Connections;

/// <summary>
/// Pings the peer at an interval, measures the round trip and reports a dead peer. Anything that arrives after a ping
/// proves that the peer lives: a pong can wait behind a long message. The time-out is less than the interval; null waits
/// without bound.
/// </summary>
internal sealed class KeepAlive(ProtocolConnection connection, WebSocketConnectionOptions options) : ShardTimer
{
    private uint _lastPing;
    private long _sentAt;
    private long _roundTripTicks = -1;
    private bool _isWaiting;

    /// <summary>Set by the connection whenever bytes arrive.</summary>
    public bool HasHeard { get; set; }

    private TimeSpan Interval => options.PingInterval.GetValueOrDefault();

    /// <summary>Safe from any thread.</summary>
    public TimeSpan? RoundTripTime => Volatile.Read(ref _roundTripTicks) is var ticks and >= 0 ? TimeSpan.FromTicks(ticks) : null;

    public void Start() => connection.Shard.Schedule(this, Interval);

    public void Stop() => connection.Shard.Cancel(this);

    public void OnPong(ReadOnlySpan<byte> payload)
    {
        // RFC 6455 section 5.5.3: a pong nobody asked for is allowed and says nothing about time.
        if (_sentAt == 0 || payload.Length != sizeof(uint) || BinaryPrimitives.ReadUInt32BigEndian(payload) != _lastPing) return;
        Volatile.Write(ref _roundTripTicks, connection.Shard.Time.GetElapsedTime(_sentAt).Ticks);
        _sentAt = 0;
    }

    protected override void OnFailed() => connection.Abort();

    protected override void OnDue()
    {
        if (_isWaiting)
        {
            _isWaiting = false;
            if (!HasHeard && !connection.IsReceivingPaused) connection.OnPingTimeout();
            else connection.Shard.Schedule(this, Interval - options.PongTimeout.GetValueOrDefault());
            return;
        }

        _isWaiting = options.PongTimeout is not null;
        HasHeard = false;
        _sentAt = connection.Shard.Time.GetTimestamp();
        connection.SendPing(++_lastPing);
        connection.Shard.Schedule(this, options.PongTimeout ?? Interval);
    }
}
