using System.Collections.Concurrent;
using Duplex.Messaging.Clients;

namespace Duplex.Messaging.Presence;

/// <summary>
/// The presence of one node in memory. Every call completes synchronously, and channels do not block one another. Expired entries
/// are dropped when their channel is used, and every 30 seconds in all channels.
/// </summary>
public sealed class MemoryPresenceStore : IPresenceStore, IDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, ChannelPresence> _channels = new(StringComparer.Ordinal);
    private readonly HubClock _clock;
    private readonly ITimer _sweeper;

    /// <summary>Creates an empty store and starts its timer.</summary>
    /// <param name="time">The clock by which entries expire. Its monotonic part counts, independent of the wall clock.</param>
    public MemoryPresenceStore(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _clock = new HubClock(time);
        _sweeper = time.CreateTimer(static state => ((MemoryPresenceStore)state!).Sweep(), this, SweepInterval, SweepInterval);
    }

    internal int ChannelCount => _channels.Count;

    /// <inheritdoc/>
    public ValueTask AddAsync(string channel, ClientInfo info, TimeSpan ttl, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        while (true)
        {
            var presence = _channels.GetOrAdd(channel, static _ => new ChannelPresence());
            lock (presence.Gate)
            {
                if (presence.IsRemoved) continue;
                var now = _clock.Now;
                presence.DropExpired(now);
                presence.Add(info, now + (long)ttl.TotalMilliseconds);
                return default;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask RemoveAsync(string channel, string clientId, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        if (!_channels.TryGetValue(channel, out var presence)) return default;
        lock (presence.Gate)
        {
            presence.Remove(clientId);
            DropExpired(channel, presence, _clock.Now);
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<string, ClientInfo>> ReadAsync(string channel, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<IReadOnlyDictionary<string, ClientInfo>>(cancellationToken);
        if (!_channels.TryGetValue(channel, out var presence)) return new(new Dictionary<string, ClientInfo>(StringComparer.Ordinal));
        lock (presence.Gate)
        {
            presence.DropExpired(_clock.Now);
            return new(presence.Read());
        }
    }

    /// <inheritdoc/>
    public ValueTask<PresenceStats> CountAsync(string channel, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<PresenceStats>(cancellationToken);
        if (!_channels.TryGetValue(channel, out var presence)) return new(PresenceStats.None);
        lock (presence.Gate)
        {
            presence.DropExpired(_clock.Now);
            return new(new PresenceStats(presence.Count, presence.Users));
        }
    }

    /// <summary>Stops the timer that drops expired entries.</summary>
    public void Dispose() => _sweeper.Dispose();

    // Called under the channel's lock. A channel without entries is dropped too.
    private void DropExpired(string channel, ChannelPresence presence, long now)
    {
        presence.DropExpired(now);
        if (presence.Count > 0 || presence.IsRemoved) return;
        presence.IsRemoved = true;
        _channels.TryRemove(new KeyValuePair<string, ChannelPresence>(channel, presence));
    }

    private void Sweep()
    {
        var now = _clock.Now;
        foreach (var (channel, presence) in _channels)
        {
            lock (presence.Gate) DropExpired(channel, presence, now);
        }
    }
}
