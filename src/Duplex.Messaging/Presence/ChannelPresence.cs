using Duplex.Messaging.Clients;

namespace Duplex.Messaging.Presence;

/// <summary>The clients in one channel, with counts that are updated as clients join and leave. The caller holds its lock.</summary>
internal sealed class ChannelPresence
{
    private readonly Dictionary<string, LinkedListNode<Entry>> _clients = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _users = new(StringComparer.Ordinal);

    // Starts with the next entry to expire. All lifetimes of a hub are equal, so a refreshed entry moves to the end.
    private readonly LinkedList<Entry> _expiring = new();

    public Lock Gate { get; } = new();

    /// <summary>Whether the store has dropped the channel; the caller then takes a new one.</summary>
    public bool IsRemoved { get; set; }

    public int Count => _clients.Count;

    public int Users => _users.Count;

    public void Add(ClientInfo info, long expiresAt)
    {
        Remove(info.Client);
        var before = _expiring.Last;
        while (before is not null && before.Value.ExpiresAt > expiresAt) before = before.Previous;
        var entry = new Entry(info, expiresAt);
        _clients[info.Client] = before is null ? _expiring.AddFirst(entry) : _expiring.AddAfter(before, entry);
        _users[info.User] = _users.GetValueOrDefault(info.User) + 1;
    }

    public void Remove(string clientId)
    {
        if (!_clients.Remove(clientId, out var node)) return;
        _expiring.Remove(node);
        var user = node.Value.Info.User;
        if (--_users[user] == 0) _users.Remove(user);
    }

    public void DropExpired(long now)
    {
        while (_expiring.First is { } first && first.Value.ExpiresAt <= now) Remove(first.Value.Info.Client);
    }

    public Dictionary<string, ClientInfo> Read()
    {
        var result = new Dictionary<string, ClientInfo>(_clients.Count, StringComparer.Ordinal);
        foreach (var (client, node) in _clients) result.Add(client, node.Value.Info);
        return result;
    }

    private readonly record struct Entry(ClientInfo Info, long ExpiresAt);
}
