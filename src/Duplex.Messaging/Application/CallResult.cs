namespace Duplex.Messaging.Application;

/// <summary>What a call returned.</summary>
/// <param name="Data">The reply's data; empty when there is none.</param>
public sealed record CallResult(ReadOnlyMemory<byte> Data);
