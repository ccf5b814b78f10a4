using System.Text.Json.Serialization;
using Showcase.Hosting;

namespace Showcase.Judge.Runs;

/// <summary>The outcome of a run.</summary>
[JsonConverter(typeof(CamelCaseEnum<Verdict>))]
internal enum Verdict
{
    /// <summary>Every test returned the expected result.</summary>
    Accepted,

    /// <summary>A test returned another result.</summary>
    Wrong,

    /// <summary>The source has a syntax error.</summary>
    Syntax,

    /// <summary>The program threw an exception.</summary>
    Exception,

    /// <summary>The program exceeded the time.</summary>
    Time,

    /// <summary>The program exceeded the memory.</summary>
    Memory,

    /// <summary>The program exceeded the depth of calls.</summary>
    Recursion,

    /// <summary>The program exceeded the size of its result or of what it printed.</summary>
    Output,

    /// <summary>The user cancelled the run.</summary>
    Cancelled,

    /// <summary>The judge failed; the program may be right.</summary>
    Fault,
}
