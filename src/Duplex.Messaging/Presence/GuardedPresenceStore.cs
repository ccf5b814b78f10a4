using Duplex.Messaging.Brokers;
using Duplex.Messaging.Clients;

namespace Duplex.Messaging.Presence;

/// <summary>The presence store of the application, whose calls fail as those of <see cref="GuardedBroker"/> do. The hub calls no presence store but through this.</summary>
internal sealed class GuardedPresenceStore(IPresenceStore store) : IPresenceStore
{
    public async ValueTask AddAsync(string channel, ClientInfo info, TimeSpan ttl) => await store.AddAsync(channel, info, ttl).ConfigureAwait(false);

    public async ValueTask RemoveAsync(string channel, string clientId) => await store.RemoveAsync(channel, clientId).ConfigureAwait(false);

    public async ValueTask<IReadOnlyDictionary<string, ClientInfo>> ReadAsync(string channel) => await store.ReadAsync(channel).ConfigureAwait(false);

    public async ValueTask<PresenceStats> CountAsync(string channel) => await store.CountAsync(channel).ConfigureAwait(false);
}
