using Duplex.Messaging.Clients;
using Duplex.Messaging.Presence;

namespace Duplex.Messaging.Tests.TestDoubles;

/// <summary>A presence store that first does what the test says: throws, fails, or takes its time. It is told the member's name.</summary>
internal sealed class FaultyPresenceStore(IPresenceStore store, Func<string, ValueTask> before) : IPresenceStore
{
    public async ValueTask AddAsync(string channel, ClientInfo info, TimeSpan ttl, CancellationToken cancellationToken = default)
    {
        await before(nameof(AddAsync)).ConfigureAwait(false);
        await store.AddAsync(channel, info, ttl, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask RemoveAsync(string channel, string clientId, CancellationToken cancellationToken = default)
    {
        await before(nameof(RemoveAsync)).ConfigureAwait(false);
        await store.RemoveAsync(channel, clientId, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<IReadOnlyDictionary<string, ClientInfo>> ReadAsync(string channel, CancellationToken cancellationToken = default) => store.ReadAsync(channel, cancellationToken);

    public ValueTask<PresenceStats> CountAsync(string channel, CancellationToken cancellationToken = default) => store.CountAsync(channel, cancellationToken);
}
