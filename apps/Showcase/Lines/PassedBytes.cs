namespace Showcase.Lines;

/// <summary>The last bytes that a connection passed, at most 4,096 in each direction.</summary>
/// <param name="Up">The bytes from the client to the server.</param>
/// <param name="Down">The bytes from the server to the client.</param>
public sealed record PassedBytes(byte[] Up, byte[] Down);
