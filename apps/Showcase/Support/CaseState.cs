using System.Text.Json.Serialization;
using Showcase.Hosting;

namespace Showcase.Support;

/// <summary>The state of a case.</summary>
[JsonConverter(typeof(CamelCaseEnum<CaseState>))]
public enum CaseState
{
    /// <summary>No agent has the case.</summary>
    Waiting,

    /// <summary>An agent has the case.</summary>
    Taken,

    /// <summary>The conversation has ended; a further message opens it again.</summary>
    Closed,
}
