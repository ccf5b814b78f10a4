using Duplex.Messaging.Brokers;
using Duplex.Messaging.Clients;

namespace Duplex.Messaging.Presence;

/// <summary>Wraps the application's presence store so that an exception thrown by a call becomes a failed task, as in <see cref="GuardedBroker"/>. The hub calls the presence store only through this class.</summary>
internal sealed class GuardedPresenceStore(IPresenceStore store) : IPresenceStore
{
    public async ValueTask AddAsync(string channel, ClientInfo info, TimeSpan ttl, CancellationToken cancellationToken = default) => await store.AddAsync(channel, info, ttl, cancellationToken).ConfigureAwait(false);

    public async ValueTask RemoveAsync(string channel, string clientId, CancellationToken cancellationToken = default) => await store.RemoveAsync(channel, clientId, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyDictionary<string, ClientInfo>> ReadAsync(string channel, CancellationToken cancellationToken = default) => await store.ReadAsync(channel, cancellationToken).ConfigureAwait(false);

    public async ValueTask<PresenceStats> CountAsync(string channel, CancellationToken cancellationToken = default) => await store.CountAsync(channel, cancellationToken).ConfigureAwait(false);
}
