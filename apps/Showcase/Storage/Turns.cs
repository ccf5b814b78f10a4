using System.Threading.RateLimiting;
using Duplex.Messaging.Errors;

namespace Showcase.Storage;

/// <summary>
/// Grants exclusive turns on a store, so messages that are published within the turn that stored them are published in the
/// order of their ids. Safe from any thread.
/// </summary>
/// <param name="name">The name of the application in the message for a rejected caller, such as "The chat".</param>
/// <param name="end">Runs at the end of each turn, within it. Must not throw.</param>
public sealed class Turns(string name, Action? end = null) : IDisposable
{
    private const int MaxWaiting = 1024;

    private readonly ConcurrencyLimiter _limiter = new(new() { PermitLimit = 1, QueueLimit = MaxWaiting });

    /// <summary>The number of calls that wait for a turn.</summary>
    public long Waiting => _limiter.GetStatistics()!.CurrentQueuedCount;

    /// <summary>Waits for a turn, which lasts until it is disposed.</summary>
    /// <exception cref="ClientException">429 when too many calls wait for a turn.</exception>
    public async Task<IDisposable> TakeAsync(CancellationToken cancellationToken = default)
    {
        // A store blocks on the disk, and the hub's shards must not block, so a turn runs on the thread pool.
        await Task.Yield();
        var turn = await _limiter.AcquireAsync(cancellationToken: cancellationToken);
        return turn.IsAcquired ? new Turn(turn, end) : throw new ClientException(429, $"{name} is busy: try again in a moment.", isTemporary: true);
    }

    public void Dispose() => _limiter.Dispose();

    private sealed class Turn(RateLimitLease lease, Action? end) : IDisposable
    {
        public void Dispose()
        {
            end?.Invoke();
            lease.Dispose();
        }
    }
}
