using Duplex.Messaging.Clients;
using Duplex.Messaging.Presence;

namespace Duplex.Centrifuge.Tests.Session.Doubles;

/// <summary>A presence store that lets the test look around when a client is removed.</summary>
internal sealed class WatchfulPresenceStore(IPresenceStore store) : IPresenceStore
{
    public Action? Removing { get; set; }

    public ValueTask AddAsync(string channel, ClientInfo info, TimeSpan ttl) => store.AddAsync(channel, info, ttl);

    public ValueTask RemoveAsync(string channel, string clientId)
    {
        Removing?.Invoke();
        return store.RemoveAsync(channel, clientId);
    }

    public ValueTask<IReadOnlyDictionary<string, ClientInfo>> ReadAsync(string channel) => store.ReadAsync(channel);

    public ValueTask<PresenceStats> CountAsync(string channel) => store.CountAsync(channel);
}
