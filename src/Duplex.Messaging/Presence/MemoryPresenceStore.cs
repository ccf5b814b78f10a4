using System.Collections.Concurrent;
using Duplex.Messaging.Clients;

namespace Duplex.Messaging.Presence;

/// <summary>Presence of one node, in memory. Every call completes at once, and one channel never waits for another.</summary>
/// <param name="time">The clock entries expire by: its monotonic part, whatever the wall clock shows.</param>
public sealed class MemoryPresenceStore(TimeProvider time) : IPresenceStore
{
    private readonly ConcurrentDictionary<string, ChannelPresence> _channels = new(StringComparer.Ordinal);
    private readonly HubClock _clock = new(time);

    /// <inheritdoc/>
    public ValueTask AddAsync(string channel, ClientInfo info, TimeSpan ttl)
    {
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
    public ValueTask RemoveAsync(string channel, string clientId)
    {
        if (!_channels.TryGetValue(channel, out var presence)) return default;
        lock (presence.Gate)
        {
            presence.Remove(clientId);
            presence.DropExpired(_clock.Now);
            if (presence.Count > 0 || presence.IsRemoved) return default;
            presence.IsRemoved = true;
            _channels.TryRemove(new KeyValuePair<string, ChannelPresence>(channel, presence));
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<string, ClientInfo>> ReadAsync(string channel)
    {
        if (!_channels.TryGetValue(channel, out var presence)) return new(new Dictionary<string, ClientInfo>(StringComparer.Ordinal));
        lock (presence.Gate)
        {
            presence.DropExpired(_clock.Now);
            return new(presence.Read());
        }
    }

    /// <inheritdoc/>
    public ValueTask<PresenceStats> CountAsync(string channel)
    {
        if (!_channels.TryGetValue(channel, out var presence)) return new(PresenceStats.None);
        lock (presence.Gate)
        {
            presence.DropExpired(_clock.Now);
            return new(new PresenceStats(presence.Count, presence.Users));
        }
    }
}
