using System.Collections.Concurrent;

namespace Duplex.Messaging.Clients;

/// <summary>The connected clients of this node, by id and by user. Safe from any thread.</summary>
internal sealed class ClientTable
{
    private readonly ConcurrentDictionary<Guid, Client> _clients = new();
    private readonly Lock _gate = new();

    // The first client of each user; the others are linked to it.
    private readonly Dictionary<string, Client> _users = new(StringComparer.Ordinal);
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public int UserCount
    {
        get
        {
            lock (_gate) return _users.Count;
        }
    }

    public IEnumerable<Client> All => _clients.Values;

    public Client? Find(string id) => Guid.TryParseExact(id, "D", out var key) ? _clients.GetValueOrDefault(key) : null;

    public bool IsFull(int? max) => Volatile.Read(ref _count) >= max;

    /// <summary>Adds a client; false when the maximum number of clients, or of clients of the user, is reached. Null is no bound.</summary>
    public bool TryAdd(Client client, int? max, int? maxOfUser)
    {
        lock (_gate)
        {
            if (_count >= max) return false;
            var others = _users.GetValueOrDefault(client.User);
            if (maxOfUser is not null && client.User.Length > 0 && Length(others) >= maxOfUser) return false;
            _count++;
            client.NextOfUser = others;
            if (others is not null) others.PreviousOfUser = client;
            _users[client.User] = client;
        }

        _clients[client.Key] = client;
        return true;
    }

    public void Remove(Client client)
    {
        if (!_clients.TryRemove(client.Key, out _)) return;
        lock (_gate)
        {
            _count--;
            if (client.NextOfUser is { } next) next.PreviousOfUser = client.PreviousOfUser;
            if (client.PreviousOfUser is { } previous) previous.NextOfUser = client.NextOfUser;
            else if (client.NextOfUser is { } first) _users[client.User] = first;
            else _users.Remove(client.User);
            client.NextOfUser = client.PreviousOfUser = null;
        }
    }

    private static int Length(Client? client)
    {
        var length = 0;
        for (; client is not null; client = client.NextOfUser) length++;
        return length;
    }

    public IReadOnlyList<Client> OfUser(string user)
    {
        lock (_gate)
        {
            List<Client> clients = [];
            for (var client = _users.GetValueOrDefault(user); client is not null; client = client.NextOfUser) clients.Add(client);
            return clients;
        }
    }
}
