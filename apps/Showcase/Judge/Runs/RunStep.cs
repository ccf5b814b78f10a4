using System.Text.Json.Serialization;

namespace Showcase.Judge.Runs;

/// <summary>A step of a run, which is published and kept.</summary>
/// <param name="N">The number, from 1, without gaps.</param>
/// <param name="State">What has happened.</param>
/// <param name="Of">The number of tests.</param>
/// <param name="Test">The number of the test that has ended, from 1; 0 for none.</param>
/// <param name="Ms">The test's time in milliseconds; at the end the sum.</param>
/// <param name="Kib">The memory that the test allocated in KiB; at the end the most of a test.</param>
/// <param name="Verdict">The verdict at the end.</param>
/// <param name="Message">The text of an error.</param>
/// <param name="Line">The line of an error, from 1.</param>
/// <param name="Column">The column of an error, from 1.</param>
/// <param name="Input">The input of a sample that failed, or of a trial.</param>
/// <param name="Expected">The expected result of a sample that failed, or of a trial.</param>
/// <param name="Got">The result of a sample that failed, or of a trial.</param>
/// <param name="Log">The beginning of what the program printed on a sample.</param>
internal sealed record RunStep(
    int N,
    RunState State,
    int Of,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Test = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] double Ms = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long Kib = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] Verdict? Verdict = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? Message = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Line = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Column = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? Input = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? Expected = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? Got = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? Log = null);
