using System.Collections.Concurrent;

namespace Duplex.Messaging.Clients;

/// <summary>The connected clients of this node, by id and by user. Safe from any thread.</summary>
internal sealed class ClientTable
{
    private readonly ConcurrentDictionary<string, Client> _clients = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    // The first client of each user; further ones hang on it.
    private readonly Dictionary<string, Client> _users = new(StringComparer.Ordinal);

    public int Count => _clients.Count;

    public int UserCount
    {
        get
        {
            lock (_gate) return _users.Count;
        }
    }

    public IEnumerable<Client> All => _clients.Values;

    public Client? Find(string id) => _clients.GetValueOrDefault(id);

    public void Add(Client client)
    {
        _clients[client.Id] = client;
        lock (_gate)
        {
            client.NextOfUser = _users.GetValueOrDefault(client.User);
            _users[client.User] = client;
        }
    }

    public void Remove(Client client)
    {
        if (!_clients.TryRemove(client.Id, out _)) return;
        lock (_gate)
        {
            if (!_users.TryGetValue(client.User, out var current)) return;
            if (ReferenceEquals(current, client))
            {
                if (client.NextOfUser is { } next) _users[client.User] = next;
                else _users.Remove(client.User);
                return;
            }

            while (current.NextOfUser is { } next && !ReferenceEquals(next, client)) current = next;
            current.NextOfUser = client.NextOfUser;
        }
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
