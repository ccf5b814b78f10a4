using Duplex.Messaging.Clients;
using Duplex.Messaging.Presence;

namespace Duplex.Messaging.Tests.TestDoubles;

/// <summary>A presence store that lets the test look around when a client is removed.</summary>
internal sealed class WatchfulPresenceStore(IPresenceStore store) : IPresenceStore
{
    public Action? Removing { get; set; }

    public ValueTask AddAsync(string channel, ClientInfo info, TimeSpan ttl, CancellationToken cancellationToken = default) => store.AddAsync(channel, info, ttl, cancellationToken);

    public ValueTask RemoveAsync(string channel, string clientId, CancellationToken cancellationToken = default)
    {
        Removing?.Invoke();
        return store.RemoveAsync(channel, clientId, cancellationToken);
    }

    public ValueTask<IReadOnlyDictionary<string, ClientInfo>> ReadAsync(string channel, CancellationToken cancellationToken = default) => store.ReadAsync(channel, cancellationToken);

    public ValueTask<PresenceStats> CountAsync(string channel, CancellationToken cancellationToken = default) => store.CountAsync(channel, cancellationToken);
}
