using System.Text.Json.Serialization;
using Showcase.Hosting;

namespace Showcase.Judge.Runs;

/// <summary>The state of a run.</summary>
[JsonConverter(typeof(CamelCaseEnum<RunState>))]
internal enum RunState
{
    /// <summary>The run waits.</summary>
    Queued,

    /// <summary>The run has a worker.</summary>
    Running,

    /// <summary>A test has passed.</summary>
    Test,

    /// <summary>The run has a verdict.</summary>
    Done,
}
