using System.Text.Json.Serialization;
using Showcase.Hosting;

namespace Showcase.Sports.Matches;

/// <summary>The phases of a match, in order. A match without extra time skips those between the second half and full time.</summary>
[JsonConverter(typeof(CamelCaseEnum<Phase>))]
internal enum Phase
{
    /// <summary>Before kick-off.</summary>
    NotStarted,

    /// <summary>The first half, minutes 1 to 45.</summary>
    FirstHalf,

    /// <summary>The break between the halves.</summary>
    HalfTime,

    /// <summary>The second half, minutes 46 to 90.</summary>
    SecondHalf,

    /// <summary>The break before extra time.</summary>
    ExtraTimeBreak,

    /// <summary>The first half of extra time, minutes 91 to 105.</summary>
    FirstExtraHalf,

    /// <summary>The break between the halves of extra time.</summary>
    ExtraHalfTime,

    /// <summary>The second half of extra time, minutes 106 to 120.</summary>
    SecondExtraHalf,

    /// <summary>Kicks from the penalty mark.</summary>
    ShootOut,

    /// <summary>The match is over.</summary>
    FullTime,
}
