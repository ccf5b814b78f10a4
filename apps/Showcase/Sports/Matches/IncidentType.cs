using System.Text.Json.Serialization;
using Showcase.Hosting;

namespace Showcase.Sports.Matches;

/// <summary>What an incident is.</summary>
[JsonConverter(typeof(CamelCaseEnum<IncidentType>))]
internal enum IncidentType
{
    /// <summary>A phase begins.</summary>
    Phase,

    /// <summary>The minutes of stoppage time are announced.</summary>
    Stoppage,

    /// <summary>A goal.</summary>
    Goal,

    /// <summary>A goal against the player's own team.</summary>
    OwnGoal,

    /// <summary>A goal from a penalty.</summary>
    Penalty,

    /// <summary>A penalty without a goal.</summary>
    MissedPenalty,

    /// <summary>The first yellow card of a player.</summary>
    Yellow,

    /// <summary>The second yellow card of a player, who leaves the pitch.</summary>
    SecondYellow,

    /// <summary>A red card: the player leaves the pitch.</summary>
    Red,

    /// <summary>A player leaves the pitch, and another one enters it.</summary>
    Substitution,

    /// <summary>A goal in the shoot-out.</summary>
    ShootOutGoal,

    /// <summary>A kick of the shoot-out without a goal.</summary>
    ShootOutMiss,
}
