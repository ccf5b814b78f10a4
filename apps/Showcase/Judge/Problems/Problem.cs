using System.Text.Json;

namespace Showcase.Judge.Problems;

/// <summary>A problem with its tests.</summary>
/// <param name="Id">The id, which is part of the page's address.</param>
/// <param name="Title">The title.</param>
/// <param name="Text">The statement.</param>
/// <param name="Starter">The source with which the editor begins.</param>
/// <param name="Cases">The tests; the first <see cref="SampleCount"/> are shown.</param>
internal sealed record Problem(string Id, string Title, string Text, string Starter, IReadOnlyList<ProblemCase> Cases)
{
    /// <summary>The function that a program defines.</summary>
    public const string Function = "solve";

    /// <summary>The number of tests that are shown as samples.</summary>
    public const int SampleCount = 2;

    /// <summary>The tests of a run.</summary>
    /// <param name="samplesOnly">Whether the run is a trial on the samples.</param>
    public IReadOnlyList<ProblemCase> CasesOf(bool samplesOnly) => samplesOnly ? [.. Cases.Take(SampleCount)] : Cases;

    /// <summary>Whether a result equals the expected one: numbers by value, objects whatever the order of their members.</summary>
    public static bool AreEqual(string expected, string? result)
    {
        try
        {
            return result is not null && JsonElement.DeepEquals(JsonElement.Parse(expected), JsonElement.Parse(result));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Creates a problem from the arguments of its tests and the reference solution.</summary>
    public static Problem Create<TResult>(string id, string title, string text, string starter, Func<JsonElement[], TResult> solve, IEnumerable<object[]> inputs) =>
        new(id, title, text, starter, [.. inputs.Select(input =>
        {
            var json = JsonSerializer.Serialize(input);
            return new ProblemCase(json, JsonSerializer.Serialize(solve([.. JsonElement.Parse(json).EnumerateArray()])));
        })]);
}
