namespace Duplex.Centrifuge.Model;

/// <summary>A POST request with the commands of a client that receives its replies over an HTTP stream.</summary>
/// <param name="Node">The node that holds the client's connection.</param>
/// <param name="Session">The secret that identifies the connection.</param>
/// <param name="Data">The commands, encoded as one frame.</param>
internal sealed record EmulationRequest(string Node, string Session, ReadOnlyMemory<byte> Data);
