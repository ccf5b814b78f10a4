using System.Text.Json.Serialization;
using Showcase.Hosting;

namespace Showcase.Sports.Matches;

/// <summary>Where the incidents of a match come from.</summary>
[JsonConverter(typeof(CamelCaseEnum<MatchKind>))]
internal enum MatchKind
{
    /// <summary>The server invents them.</summary>
    Simulated,

    /// <summary>They happened in a real match.</summary>
    Replay,

    /// <summary>A visitor reports them.</summary>
    Friendly,
}
