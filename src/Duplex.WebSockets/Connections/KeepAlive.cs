using System.Buffers.Binary;
using Duplex.WebSockets.Hosting;

namespace Duplex.WebSockets.Connections;

/// <summary>
/// Pings the peer at an interval, measures the round trip and tells when the peer is dead. Anything that arrives
/// after a ping is a sign of life: a pong can wait behind a long message.
/// </summary>
internal sealed class KeepAlive(ProtocolConnection connection, WebSocketConnectionOptions options) : OwnerTimer
{
    private uint _lastPing;
    private long _sentAt;
    private long _roundTripTicks = -1;
    private bool _isWaiting;

    /// <summary>Set by the connection whenever bytes arrive.</summary>
    public bool HasHeard { get; set; }

    /// <summary>Safe from any thread.</summary>
    public TimeSpan? RoundTripTime => Volatile.Read(ref _roundTripTicks) is var ticks and >= 0 ? TimeSpan.FromTicks(ticks) : null;

    public void Start() => connection.Owner.Schedule(this, options.PingInterval);

    public void Stop() => connection.Owner.Cancel(this);

    public void OnPong(ReadOnlySpan<byte> payload)
    {
        // RFC 6455 section 5.5.3: a pong nobody asked for is allowed and says nothing about time.
        if (_sentAt == 0 || payload.Length != sizeof(uint) || BinaryPrimitives.ReadUInt32BigEndian(payload) != _lastPing) return;
        Volatile.Write(ref _roundTripTicks, connection.Owner.Time.GetElapsedTime(_sentAt).Ticks);
        _sentAt = 0;
    }

    protected internal override void OnFailed() => connection.Abort();

    protected internal override void OnDue()
    {
        if (_isWaiting)
        {
            _isWaiting = false;
            if (!HasHeard && !connection.IsReceivingPaused) connection.OnPingTimeout();
            else connection.Owner.Schedule(this, options.PingInterval - options.PongTimeout);
            return;
        }

        _isWaiting = options.PongTimeout != Timeout.InfiniteTimeSpan;
        HasHeard = false;
        _sentAt = connection.Owner.Time.GetTimestamp();
        connection.SendPing(++_lastPing);
        connection.Owner.Schedule(this, _isWaiting ? options.PongTimeout : options.PingInterval);
    }
}
