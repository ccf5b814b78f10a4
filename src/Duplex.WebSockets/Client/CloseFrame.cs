using Duplex.Protocol.Closing;

namespace Duplex.WebSockets.Client;

/// <summary>Represents the content of a close frame. RFC 6455 section 5.5.1.</summary>
/// <param name="Code">The close code, or <see cref="CloseCode.NoStatusReceived"/> when the frame carried none.</param>
/// <param name="Reason">The close reason; empty when the frame carried none.</param>
public readonly record struct CloseFrame(CloseCode Code, string Reason);
