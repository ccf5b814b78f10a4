namespace Showcase.Lines;

/// <summary>The last bytes that a connection passed, at most 4,096 in each direction.</summary>
/// <param name="Connection">The number of the connection, from 1 in the order in which the line opened them.</param>
/// <param name="Up">The bytes from the client to the server.</param>
/// <param name="Down">The bytes from the server to the client.</param>
public sealed record PassedBytes(long Connection, CapturedBytes Up, CapturedBytes Down);
