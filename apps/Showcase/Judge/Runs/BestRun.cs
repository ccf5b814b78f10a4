namespace Showcase.Judge.Runs;

/// <summary>The fastest accepted solution of a user.</summary>
/// <param name="User">The user.</param>
/// <param name="Name">The user's name.</param>
/// <param name="Ms">The time of all tests in milliseconds.</param>
/// <param name="Kib">The most memory that a test allocated, in KiB.</param>
/// <param name="Time">The time of the submission in Unix milliseconds.</param>
internal sealed record BestRun(string User, string Name, double Ms, long Kib, long Time);
