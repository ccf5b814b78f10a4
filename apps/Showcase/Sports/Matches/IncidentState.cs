using System.Text.Json.Serialization;
using Showcase.Hosting;

namespace Showcase.Sports.Matches;

/// <summary>The standing of an incident.</summary>
[JsonConverter(typeof(CamelCaseEnum<IncidentState>))]
internal enum IncidentState
{
    /// <summary>It counts.</summary>
    Active,

    /// <summary>It counts, but is being reviewed.</summary>
    UnderReview,

    /// <summary>It was cancelled and counts for nothing.</summary>
    Cancelled,
}
