namespace Showcase.Comets;

/// <summary>The channels of the game.</summary>
internal static class CometsChannels
{
    /// <summary>The list of rooms.</summary>
    public const string Rooms = "arenas:all";

    /// <summary>Returns the channel of a room's snapshots.</summary>
    public static string SnapshotsOf(string room) => $"snap:{room}";

    /// <summary>Returns the channel of what happens in a room.</summary>
    public static string EventsOf(string room) => $"arena:{room}";

    /// <summary>Returns the channel of a room's pilots and their scores.</summary>
    public static string PilotsOf(string room) => $"pilots:{room}";
}
