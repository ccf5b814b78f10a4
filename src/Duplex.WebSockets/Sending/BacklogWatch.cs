using Duplex.Execution;

namespace Duplex.WebSockets.Sending;

/// <summary>
/// Watches the bytes that a transport holds unsent, for a peer that confirms nothing: the peer is behind from the limit on,
/// until a timer finds the bytes below it. On the shard only.
/// </summary>
/// <param name="shard">The shard of the connection.</param>
/// <param name="backlog">Returns the unsent bytes.</param>
/// <param name="onClear">Called when the peer is no longer behind.</param>
internal sealed class BacklogWatch(Shard shard, Func<long> backlog, Action onClear) : IShardWork
{
    /// <summary>Sent bytes after which the backlog is read again.</summary>
    public const int CheckBytes = 1024;

    /// <summary>Limit: unsent bytes of a connection that may skip publications; above it, publications wait in the hub.</summary>
    private const int MaxBytes = 4 * 1024;

    // Shorter than a tick of the shard's own timers, which would let a peer have little more than the limit in each of them.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private ITimer? _timer;
    private bool _isStopped;

    /// <summary>Whether the transport holds as many bytes as it may.</summary>
    public bool IsBehind { get; private set; }

    /// <summary>Reads the backlog.</summary>
    public void Check()
    {
        if (IsBehind || _isStopped || backlog() < MaxBytes) return;
        IsBehind = true;
        Wait();
    }

    public void Stop()
    {
        _isStopped = true;
        _timer?.Dispose();
    }

    void IShardWork.Run()
    {
        if (_isStopped) return;
        if (backlog() >= MaxBytes)
        {
            Wait();
            return;
        }

        IsBehind = false;
        onClear();
    }

    private void Wait()
    {
        _timer ??= shard.Time.CreateTimer(static watch => ((BacklogWatch)watch!).Post(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(Interval, Timeout.InfiniteTimeSpan);
    }

    private void Post() => shard.Post(this);
}
