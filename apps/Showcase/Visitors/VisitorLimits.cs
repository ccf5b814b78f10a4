using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Microsoft.Extensions.Options;

namespace Showcase.Visitors;

/// <summary>Counts connections by person and by address, and refuses those that are too many. Safe from any thread.</summary>
public sealed class VisitorLimits(TimeProvider time, IOptions<VisitorOptions> options)
{
    private readonly Lock _lock = new();
    private readonly Parties _people = new(time, options.Value.Person);
    private readonly Parties _addresses = new(time, options.Value.Address);
    private int _connections;

    /// <summary>Connections of visitors that were let in and are open.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>People and addresses whose allowances are kept.</summary>
    public int Parties
    {
        get
        {
            lock (_lock) return _people.Count + _addresses.Count;
        }
    }

    /// <summary>Counts a connection in, until its client has gone.</summary>
    /// <param name="client">The client.</param>
    /// <param name="user">Its user; empty for one without a key, who is limited by the address alone.</param>
    /// <returns>What the client may do.</returns>
    /// <exception cref="ClientException">429 when the person or the address connects too often or has too many connections.</exception>
    public VisitorAllowance Admit(ClientContext client, string user)
    {
        var address = AddressGroup.Of(client.RemoteEndPoint);
        Party? person;
        Party place;
        lock (_lock)
        {
            place = _addresses.Find(address);
            if (place.Connections >= options.Value.ConnectionsPerAddress) throw TooMany(options.Value.ConnectionsPerAddress);
            if (!place.Allowance.TryTake(Act.Connect, 1, out var wait)) throw TooOften(wait);
            person = user.Length == 0 ? null : _people.Find(user);
            if (person is not null && !person.Allowance.TryTake(Act.Connect, 1, out wait)) throw TooOften(wait);
            place.Connections++;
            if (person is not null) person.Connections++;
            _connections++;
        }

        // Runs once, whether or not the client comes to be connected, and at once when it has gone already.
        client.Disconnected.UnsafeRegister(_ => Leave(person, place), null);
        return new VisitorAllowance(address, person?.Allowance, place.Allowance);
    }

    private void Leave(Party? person, Party place)
    {
        lock (_lock)
        {
            place.Connections--;
            if (person is not null) person.Connections--;
            _connections--;
        }
    }

    private static ClientException TooMany(int limit) => new(
        429, $"Your address has {limit} connections, which is the most: close some and try again.", isTemporary: true);

    private static ClientException TooOften(TimeSpan wait) => new(
        429, $"Too many connections in a short time: try again in {VisitorAllowance.Seconds(wait)}.", isTemporary: true);
}
