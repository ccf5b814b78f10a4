using Duplex.Messaging.Clients;

namespace Duplex.Messaging.Presence;

/// <summary>
/// Another presence store, of which a call that throws fails as a task does: what the application supplies may break off no more
/// than the one operation that needs it. The hub calls no presence store but through this.
/// </summary>
internal sealed class GuardedPresenceStore(IPresenceStore store) : IPresenceStore
{
    public ValueTask AddAsync(string channel, ClientInfo info, TimeSpan ttl)
    {
        try
        {
            return store.AddAsync(channel, info, ttl);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException(exception);
        }
    }

    public ValueTask RemoveAsync(string channel, string clientId)
    {
        try
        {
            return store.RemoveAsync(channel, clientId);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException(exception);
        }
    }

    public ValueTask<IReadOnlyDictionary<string, ClientInfo>> ReadAsync(string channel)
    {
        try
        {
            return store.ReadAsync(channel);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<IReadOnlyDictionary<string, ClientInfo>>(exception);
        }
    }

    public ValueTask<PresenceStats> CountAsync(string channel)
    {
        try
        {
            return store.CountAsync(channel);
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<PresenceStats>(exception);
        }
    }
}
