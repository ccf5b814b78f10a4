namespace Duplex.Conformance.Tests.Judging;

/// <summary>A change to the correct response, and whether a client takes the result.</summary>
public sealed record ResponseCase(string Id, string[] Rules, Func<string, string> Change, bool IsTaken);
