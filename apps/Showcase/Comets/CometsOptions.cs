using Duplex.Configuration;
using Showcase.Comets.Rooms;

namespace Showcase.Comets;

/// <summary>What fills the rooms of the game, and how long ships wait.</summary>
public sealed class CometsOptions
{
    /// <summary>The number of ships up to which bots fill a room. Default 6.</summary>
    [NumberRange(0, Bot.MaxCount, "ships")]
    public int FilledTo { get; set; } = 6;

    /// <summary>The number of comets of a room. Default 9.</summary>
    [NumberRange(0, 40, "comets")]
    public int Comets { get; set; } = 9;

    /// <summary>The time for which a ship whose connection is lost drifts before it is removed. Default 10 s.</summary>
    [TimeRange("00:00:01", "00:05:00")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(10);
}
