namespace Duplex.Conformance.Tests.Judging;

/// <summary>A request and whether a server takes it.</summary>
public sealed record HandshakeCase(string Id, string[] Rules, byte[] Request, bool IsTaken)
{
    /// <summary>Whether the refusal must say which version the server speaks. RFC 6455 section 4.4.</summary>
    public bool MustNameVersion { get; init; }
}
