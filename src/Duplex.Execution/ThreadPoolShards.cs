using Microsoft.Extensions.Logging;

namespace Duplex.Execution;

/// <summary>
/// Represents the thread-pool shards of one host, over which new connections are distributed round-robin. Safe from any
/// thread.
/// </summary>
public sealed class ThreadPoolShards : IDisposable
{
    private readonly ThreadPoolShard[] _shards;
    private uint _next;

    /// <summary>Creates the shards.</summary>
    /// <param name="time">The clock of the timers.</param>
    /// <param name="loggers">The factory of the logger that reports exceptions of work items.</param>
    /// <param name="count">The number of shards, 0 or more; 0, the default, means one per core.</param>
    public ThreadPoolShards(TimeProvider time, ILoggerFactory loggers, int count = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var logger = loggers.CreateLogger("Duplex.Execution");
        _shards = new ThreadPoolShard[count == 0 ? Environment.ProcessorCount : count];
        for (var i = 0; i < _shards.Length; i++) _shards[i] = new ThreadPoolShard(time, logger);
    }

    /// <summary>All shards.</summary>
    public IReadOnlyList<ThreadPoolShard> All => _shards;

    /// <summary>Returns the shard for the next connection.</summary>
    public ThreadPoolShard Next() => _shards[Interlocked.Increment(ref _next) % (uint)_shards.Length];

    /// <summary>Stops the timers. The shards must have no connection left.</summary>
    public void Dispose()
    {
        foreach (var shard in _shards) shard.Dispose();
    }
}
