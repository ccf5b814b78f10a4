using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Microsoft.Extensions.Options;

namespace Showcase.Visitors;

/// <summary>Counts connections by user and by address, and rejects those beyond the limits. Safe from any thread.</summary>
public sealed class VisitorLimits(TimeProvider time, IOptions<VisitorOptions> options)
{
    private readonly Lock _lock = new();
    private readonly Parties _users = new(time, options.Value.Person);
    private readonly Parties _addresses = new(time, options.Value.Address);
    private int _connections;

    /// <summary>The number of open connections of admitted visitors.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>The number of users and addresses with an allowance.</summary>
    public int Parties
    {
        get
        {
            lock (_lock) return _users.Count + _addresses.Count;
        }
    }

    /// <summary>Admits a client and counts its connection until the client disconnects.</summary>
    /// <param name="client">The client.</param>
    /// <param name="user">The client's user; empty for a visitor without a key, whom only the address limits.</param>
    /// <returns>The client's allowance.</returns>
    /// <exception cref="ClientException">429 when the user or the address connects too often, or when the address has too many connections.</exception>
    public VisitorAllowance Admit(ClientContext client, string user)
    {
        var address = AddressGroup.Of(client.RemoteEndPoint);
        Party? userParty;
        Party addressParty;
        lock (_lock)
        {
            addressParty = _addresses.Find(address);
            if (addressParty.Connections >= options.Value.ConnectionsPerAddress) throw TooMany(options.Value.ConnectionsPerAddress);
            if (!addressParty.Allowance.TryTake(Act.Connect, 1, out var wait)) throw VisitorAllowance.TooMuch(Act.Connect, wait);
            userParty = user.Length == 0 ? null : _users.Find(user);
            if (userParty is not null && !userParty.Allowance.TryTake(Act.Connect, 1, out wait)) throw VisitorAllowance.TooMuch(Act.Connect, wait);
            addressParty.Connections++;
            if (userParty is not null) userParty.Connections++;
            _connections++;
        }

        // The callback runs exactly once, even when the connect fails later, and at once when the client has disconnected already.
        client.Disconnected.UnsafeRegister(_ => Leave(userParty, addressParty), null);
        return new VisitorAllowance(address, userParty?.Allowance, addressParty.Allowance);
    }

    private void Leave(Party? userParty, Party addressParty)
    {
        lock (_lock)
        {
            addressParty.Connections--;
            if (userParty is not null) userParty.Connections--;
            _connections--;
        }
    }

    private static ClientException TooMany(int limit) => new(
        429, $"Your address has {limit} connections, which is the maximum: close some and try again.", isTemporary: true);
}
