namespace Duplex.Centrifuge.Model;

/// <summary>Commands of a client whose replies flow over an HTTP stream.</summary>
/// <param name="Node">The node that holds the client's connection.</param>
/// <param name="Session">The secret that names the connection.</param>
/// <param name="Data">Commands, as in one frame of the encoding.</param>
public sealed record EmulationRequest(string Node, string Session, ReadOnlyMemory<byte> Data);
