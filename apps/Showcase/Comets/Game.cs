using System.Text.Json;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Microsoft.Extensions.Options;
using Showcase.Comets.Physics;
using Showcase.Comets.Rooms;

namespace Showcase.Comets;

/// <summary>The rooms of the game and their pilots. Safe from any thread.</summary>
internal sealed class Game(IOptions<CometsOptions> options)
{
    // Whoever names no room joins others, unless their room has fewer free places than this.
    private const int RoomToSpare = 4, MaxInputs = 4;

    private static readonly string[] Names = ["andromeda", "cassiopeia", "cygnus", "draco", "hydra", "lyra", "orion", "pegasus", "perseus", "phoenix", "vela", "virgo"];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Room> _rooms = Names.Select((name, place) => new Room(name, place + 1, options.Value)).ToDictionary(static room => room.Name);

    /// <summary>The number of people with a ship.</summary>
    public int Pilots
    {
        get
        {
            lock (_lock) return _rooms.Values.Sum(static room => room.People);
        }
    }

    /// <summary>Calls a function with all rooms while nothing else changes them.</summary>
    public T Read<T>(Func<IReadOnlyCollection<Room>, T> read)
    {
        lock (_lock) return read(_rooms.Values);
    }

    /// <summary>Calls a function with a room while nothing else changes it.</summary>
    /// <exception cref="ClientException">404 when there is no such room.</exception>
    public T In<T>(string? room, Func<Room, T> call)
    {
        lock (_lock) return call(Find(room));
    }

    /// <summary>Gives a user a ship, or the user's ship to another connection. A user has one ship: that of another room is removed.</summary>
    /// <param name="room">The room; null for one with people and free places.</param>
    /// <param name="user">The user.</param>
    /// <param name="name">The name of the user.</param>
    /// <param name="client">The connection that flies the ship.</param>
    /// <exception cref="ClientException">404 when there is no such room, 409 when it is full.</exception>
    public JoinedResult Join(string? room, string user, string name, ClientContext client)
    {
        ClientContext? earlier;
        Room joined;
        Ship? ship;
        lock (_lock)
        {
            joined = room is null ? Choose(user) : Find(room);
            ship = joined.Join(user, name, client, out earlier);
            if (ship is null) throw new ClientException(409, $"The room {joined.Name} has {Room.MaxShips} ships, which is the maximum: join another one or watch.");
            foreach (var other in _rooms.Values)
                if (other != joined) other.Leave(user);
        }

        earlier?.Send(JsonSerializer.SerializeToUtf8Bytes(new TakenMessage(joined.Name), CometsJson.Default.TakenMessage));
        return new(joined.Name, ship.Id);
    }

    /// <summary>Removes the ship of a user if this connection flies it.</summary>
    public void Leave(string user, ClientContext client)
    {
        lock (_lock)
        {
            foreach (var room in _rooms.Values)
                if (room.Find(user)?.Pilot == client) room.Leave(user);
        }
    }

    /// <summary>Takes inputs, <c>[room, number, controls..]</c>, of a page. Those of a page that flies no ship there are dropped.</summary>
    /// <returns>Whether the message is valid.</returns>
    public bool Receive(ClientContext client, ReadOnlySpan<byte> content)
    {
        var json = new Utf8JsonReader(content);
        if (!json.Read() || json.TokenType != JsonTokenType.StartArray || !json.Read() || json.TokenType != JsonTokenType.String) return false;
        var room = json.GetString()!;
        if (!json.Read() || !json.TryGetInt32(out var number) || number is < 1 or > InputQueue.MaxNumber) return false;
        Span<Controls> controls = stackalloc Controls[MaxInputs];
        var count = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (count == MaxInputs || !json.TryGetByte(out var held) || held > (byte)Controls.All) return false;
            controls[count++] = (Controls)held;
        }

        lock (_lock)
        {
            if (_rooms.TryGetValue(room, out var found) && found.Find(client.User) is { } ship && ship.Pilot == client) ship.Add(number, controls[..count]);
        }

        return count > 0;
    }

    private Room Find(string? room) => room is not null && _rooms.TryGetValue(room, out var found) ? found
        : throw new ClientException(404, "There is no such room.");

    private Room Choose(string user) => _rooms.Values.FirstOrDefault(room => room.Find(user) is not null)
        ?? _rooms.Values.Where(static room => room.People <= Room.MaxShips - RoomToSpare).MaxBy(static room => room.People)
        ?? _rooms.Values.MinBy(static room => room.People)!;
}
