using Duplex.Protocol.Closing;

namespace Duplex.WebSockets.Client;

/// <summary>What a close frame said. RFC 6455 section 5.5.1.</summary>
/// <param name="Code">The code; <see cref="CloseCode.NoStatusReceived"/> when it carried none.</param>
/// <param name="Reason">The text; empty when there was none.</param>
public readonly record struct CloseFrame(CloseCode Code, string Reason);
