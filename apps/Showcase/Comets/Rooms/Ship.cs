using Duplex.Messaging.Clients;
using Showcase.Comets.Physics;

namespace Showcase.Comets.Rooms;

/// <summary>A ship of a room. It belongs to a user, or to nobody when a bot flies it.</summary>
/// <param name="id">The id within the room.</param>
/// <param name="user">The user; empty for a bot.</param>
/// <param name="name">The name of the pilot.</param>
internal sealed class Ship(int id, string user, string name)
{
    // A message holds two ticks, so 30 a second are regular, and 40 are taken.
    private const int MaxMessages = 20, MessagesPerSnapshot = 2;

    private int _messages = MaxMessages;

    public int Id { get; } = id;

    public string User { get; } = user;

    public string Name { get; } = name;

    public bool IsBot => User.Length == 0;

    /// <summary>The connection that flies the ship; null for a bot.</summary>
    public ClientContext? Pilot { get; private set; }

    public InputQueue Inputs { get; private set; } = new();

    /// <summary>The controls of the latest tick.</summary>
    public Controls Held { get; set; }

    public Flight Flight { get; set; }

    public int Kills { get; set; }

    public int Deaths { get; set; }

    /// <summary>Whether the score has changed since it was published.</summary>
    public bool IsScoreNew { get; set; } = true;

    /// <summary>The tick in which a ship that was hit returns; 0 while it flies.</summary>
    public int ReturnsAt { get; set; }

    /// <summary>The tick until which nothing hits the ship.</summary>
    public int ShieldedUntil { get; set; }

    /// <summary>The ticks since the connection was lost.</summary>
    public int LostTicks { get; private set; }

    /// <summary>The number of messages above the rate limit, which were dropped.</summary>
    public int Dropped { get; private set; }

    public bool IsLost => LostTicks > 0;

    /// <summary>Whether the pilot is connected and sends nothing, as a hidden tab.</summary>
    public bool IsParked => !IsBot && !IsLost && Inputs.SilentTicks > Arena.TicksPerSecond;

    public bool IsFlying => ReturnsAt == 0;

    /// <summary>Whether shots, comets and other ships pass through the ship.</summary>
    public bool IsShielded(int tick) => tick < ShieldedUntil || IsLost || IsParked;

    /// <summary>Gives the ship to a connection, whose inputs begin again with 1. Returns the connection that had it.</summary>
    public ClientContext? Take(ClientContext pilot)
    {
        var earlier = Pilot == pilot ? null : Pilot;
        (Pilot, Inputs, LostTicks) = (pilot, new(), 0);
        return earlier;
    }

    /// <summary>Adds inputs of the page, unless it sends more messages than it may.</summary>
    public void Add(int first, ReadOnlySpan<Controls> controls)
    {
        if (_messages == 0) Dropped++;
        else
        {
            _messages--;
            Inputs.Add(first, controls);
        }
    }

    /// <summary>Notices at each snapshot whether the pilot is still connected.</summary>
    public void Look(int ticks)
    {
        _messages = Math.Min(MaxMessages, _messages + MessagesPerSnapshot);
        LostTicks = Pilot is { Disconnected.IsCancellationRequested: true } ? LostTicks + ticks : 0;
    }
}
