using Duplex.Messaging.Clients;

namespace Duplex.Messaging.Presence;

/// <summary>Presence of one node, in memory. Every call completes at once.</summary>
/// <param name="time">The clock entries expire by.</param>
public sealed class MemoryPresenceStore(TimeProvider time) : IPresenceStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<string, Entry>> _channels = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask AddAsync(string channel, ClientInfo info, TimeSpan ttl)
    {
        lock (_gate)
        {
            if (!_channels.TryGetValue(channel, out var entries))
            {
                _channels[channel] = entries = new Dictionary<string, Entry>(StringComparer.Ordinal);
            }

            entries[info.Client] = new Entry(info, time.GetUtcNow() + ttl);
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask RemoveAsync(string channel, string clientId)
    {
        lock (_gate)
        {
            if (_channels.TryGetValue(channel, out var entries) && entries.Remove(clientId) && entries.Count == 0)
            {
                _channels.Remove(channel);
            }
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<string, ClientInfo>> ReadAsync(string channel)
    {
        var result = new Dictionary<string, ClientInfo>(StringComparer.Ordinal);
        lock (_gate)
        {
            foreach (var info in Alive(channel)) result.Add(info.Client, info);
        }

        return new(result);
    }

    /// <inheritdoc/>
    public ValueTask<PresenceStats> CountAsync(string channel)
    {
        lock (_gate)
        {
            var users = new HashSet<string>(StringComparer.Ordinal);
            var clients = 0;
            foreach (var info in Alive(channel))
            {
                clients++;
                users.Add(info.User);
            }

            return new(new PresenceStats(clients, users.Count));
        }
    }

    private IEnumerable<ClientInfo> Alive(string channel)
    {
        if (!_channels.TryGetValue(channel, out var entries)) yield break;
        var now = time.GetUtcNow();
        foreach (var entry in entries.Values)
        {
            if (entry.Expiry > now) yield return entry.Info;
        }
    }

    private readonly record struct Entry(ClientInfo Info, DateTimeOffset Expiry);
}
