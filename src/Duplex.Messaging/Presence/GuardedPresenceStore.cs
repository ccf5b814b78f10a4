using Duplex.Messaging.Brokers;
using Duplex.Messaging.Clients;

namespace Duplex.Messaging.Presence;

/// <summary>The presence store of the application, whose calls fail as those of <see cref="GuardedBroker"/> do. The hub calls no presence store but through this.</summary>
internal sealed class GuardedPresenceStore(IPresenceStore store) : IPresenceStore
{
    public async ValueTask AddAsync(string channel, ClientInfo info, TimeSpan ttl, CancellationToken cancellationToken = default) => await store.AddAsync(channel, info, ttl, cancellationToken).ConfigureAwait(false);

    public async ValueTask RemoveAsync(string channel, string clientId, CancellationToken cancellationToken = default) => await store.RemoveAsync(channel, clientId, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyDictionary<string, ClientInfo>> ReadAsync(string channel, CancellationToken cancellationToken = default) => await store.ReadAsync(channel, cancellationToken).ConfigureAwait(false);

    public async ValueTask<PresenceStats> CountAsync(string channel, CancellationToken cancellationToken = default) => await store.CountAsync(channel, cancellationToken).ConfigureAwait(false);
}
