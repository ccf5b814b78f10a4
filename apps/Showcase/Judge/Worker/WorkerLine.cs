using System.Text.Json.Serialization;

namespace Showcase.Judge.Worker;

/// <summary>A line that a worker process writes.</summary>
/// <param name="State">What the line reports.</param>
/// <param name="Test">The number of the test, from 1; 0 outside of the tests.</param>
/// <param name="Ms">The test's time in milliseconds.</param>
/// <param name="Kib">The memory that the test allocated, in KiB; not what it held at once.</param>
/// <param name="Output">The returned value as JSON.</param>
/// <param name="Log">The beginning of what the program printed.</param>
/// <param name="Message">The text of an error.</param>
/// <param name="Line">The line of an error, from 1.</param>
/// <param name="Column">The column of an error, from 1.</param>
/// <param name="Escapes">What a check of the sandbox could do that it must not.</param>
internal sealed record WorkerLine(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] WorkerState State,
    int Test = 0,
    double Ms = 0,
    long Kib = 0,
    string? Output = null,
    string? Log = null,
    string? Message = null,
    int Line = 0,
    int Column = 0,
    IReadOnlyList<string>? Escapes = null);
