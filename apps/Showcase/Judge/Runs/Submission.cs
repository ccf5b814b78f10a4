namespace Showcase.Judge.Runs;

/// <summary>A program that a user has sent.</summary>
/// <param name="Id">The run's id, which is hard to guess: whoever has it may read the run.</param>
/// <param name="User">The user.</param>
/// <param name="Name">The user's name when the program was sent.</param>
/// <param name="ClientId">The id that the page generated: a second submission of the same user with it is the same run.</param>
/// <param name="Problem">The problem's id.</param>
/// <param name="Language">The language.</param>
/// <param name="Code">The source that the user wrote.</param>
/// <param name="SamplesOnly">Whether the run is a trial on the samples.</param>
/// <param name="Time">The time of the submission in Unix milliseconds.</param>
/// <param name="Script">What remains of a TypeScript source without its types; null for JavaScript.</param>
internal sealed record Submission(
    string Id, string User, string Name, string ClientId, string Problem, ScriptLanguage Language, string Code, bool SamplesOnly, long Time, string? Script = null)
{
    /// <summary>What is executed.</summary>
    public string Executed => Script ?? Code;
}
