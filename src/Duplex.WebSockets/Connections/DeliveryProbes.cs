using System.Buffers.Binary;
using Duplex.Execution;
using Duplex.WebSockets.Sending;

namespace Duplex.WebSockets.Connections;

/// <summary>
/// Sends the probes of a <see cref="DeliveryWindow"/> and reads their pongs. For a peer that breaks RFC 6455 section 5.5.2
/// and answers no ping, the unsent bytes of the kernel take the window's place.
/// </summary>
internal sealed class DeliveryProbes(SendingConnection connection, TimeSpan maxDelay) : ShardTimer
{
    /// <summary>The payload of a probe is the number of bytes sent before it. Pings of <see cref="KeepAlive"/> have another size.</summary>
    private const int PayloadBytes = sizeof(long);

    private const int MaxWaitBytes = 1 << 30;

    /// <summary>The time for the first pong, which a peer that reads 2 kB/s sends sooner.</summary>
    private static readonly TimeSpan FirstPongTimeout = TimeSpan.FromSeconds(2);

    private readonly DeliveryWindow _window = new(maxDelay);
    private long _next = DeliveryWindow.FirstProbe;
    private BacklogWatch? _backlog;

    private TimeSpan Now => connection.Shard.Time.GetElapsedTime(0);

    /// <summary>Returns whether little enough is in transit.</summary>
    /// <param name="bytesUntilNext">The number of bytes until <see cref="Update"/> is due.</param>
    public bool IsCaughtUp(int bytesUntilNext) => _backlog is { } backlog ? !backlog.IsBehind : _next - bytesUntilNext < _window.Limit;

    /// <summary>Sends a probe when one is due.</summary>
    /// <param name="bytesUntilNext">The number of bytes until this call was due; 0 or less when it is.</param>
    /// <returns>The number of bytes until the next call is due.</returns>
    public int Update(int bytesUntilNext)
    {
        var sent = _next - bytesUntilNext;
        if (_backlog is { } backlog)
        {
            backlog.Check();
            return WaitUntil(sent + BacklogWatch.CheckBytes, sent);
        }

        if (sent >= _window.NextProbe)
        {
            if (!_window.IsAnswered && !IsArmed) connection.Shard.Schedule(this, FirstPongTimeout);
            _window.OnProbeSent(sent, Now);
            Span<byte> payload = stackalloc byte[PayloadBytes];
            BinaryPrimitives.WriteInt64BigEndian(payload, sent);
            connection.SendPing(payload);
        }

        if (sent < _window.Limit) return WaitUntil(Math.Min(_window.NextProbe, _window.Limit), sent);
        _window.OnFull();
        return WaitUntil(long.MaxValue, sent);
    }

    /// <summary>Reads a pong. Returns false when it answers no probe.</summary>
    public bool OnPong(ReadOnlySpan<byte> payload)
    {
        if (payload.Length != PayloadBytes || !_window.OnPong(BinaryPrimitives.ReadInt64BigEndian(payload), Now)) return false;
        Stop();
        _backlog = null;
        return true;
    }

    public void Stop()
    {
        connection.Shard.Cancel(this);
        _backlog?.Stop();
    }

    private int WaitUntil(long position, long sent)
    {
        _next = Math.Min(position, sent + MaxWaitBytes);
        return (int)(_next - sent);
    }

    protected override void OnDue()
    {
        _backlog = new BacklogWatch(connection.Shard, () => connection.QueuedBytes + connection.UnsentBytes, connection.OnCaughtUp);
        connection.UpdateProbes();
        connection.OnCaughtUp();
    }

    protected override void OnFailed() => connection.Abort();
}
