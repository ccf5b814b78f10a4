namespace Duplex.WebSockets.Connections;

/// <summary>An end that the peer has caused and that waits for the application, which still works on what came before.</summary>
/// <param name="End">How the connection ends.</param>
/// <param name="Ending">How its transport does.</param>
internal sealed record DeferredEnd(ConnectionEnd End, TransportEnding Ending);
