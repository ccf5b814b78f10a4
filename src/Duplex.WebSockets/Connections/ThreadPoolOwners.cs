using Microsoft.Extensions.Logging;

namespace Duplex.WebSockets.Connections;

/// <summary>The thread-pool owners of one host, one per core, to which new connections are dealt in turn. Safe from any thread.</summary>
public sealed class ThreadPoolOwners : IDisposable
{
    private readonly ThreadPoolOwner[] _owners;
    private uint _next;

    /// <summary>Makes the owners.</summary>
    /// <param name="time">The clock of their timers.</param>
    /// <param name="loggers">Where exceptions of work items go.</param>
    /// <param name="count">How many; 0, the default, means one per core.</param>
    public ThreadPoolOwners(TimeProvider time, ILoggerFactory loggers, int count = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var logger = loggers.CreateLogger("Duplex.WebSockets");
        _owners = new ThreadPoolOwner[count == 0 ? Environment.ProcessorCount : count];
        for (var i = 0; i < _owners.Length; i++) _owners[i] = new ThreadPoolOwner(time, logger);
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<ThreadPoolOwner> All => _owners;

    /// <summary>The owner for the next connection.</summary>
    public ThreadPoolOwner Next() => _owners[Interlocked.Increment(ref _next) % (uint)_owners.Length];

    /// <summary>Stops the timers. Connections must be gone.</summary>
    public void Dispose()
    {
        foreach (var owner in _owners) owner.Dispose();
    }
}
