namespace Duplex.Server.Tests.Docs;

/// <summary>A row of docs/limits.md.</summary>
/// <param name="Meaning">What is bounded, and what happens beyond it.</param>
/// <param name="Value">The default of an option, or the value of a fixed limit.</param>
/// <param name="Source">The property or constant it stands in, without its namespace.</param>
internal sealed record DocumentedLimit(string Meaning, string Value, string Source);
