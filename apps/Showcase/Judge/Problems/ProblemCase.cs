namespace Showcase.Judge.Problems;

/// <summary>A test of a problem.</summary>
/// <param name="Input">The arguments as a JSON array.</param>
/// <param name="Expected">The expected result as JSON. It never leaves the server for a test that is no sample.</param>
internal sealed record ProblemCase(string Input, string Expected);
