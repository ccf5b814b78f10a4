using Duplex.Protocol.Closing;

namespace Duplex.WebSockets.Connections;

/// <summary>How a connection ended: the cause, and the code and reason that count (RFC 6455 sections 7.1.5 and 7.1.6).</summary>
/// <param name="Reason">The cause, for metrics and logs.</param>
/// <param name="Code">The close code received, or the one we sent first; 1005 or 1006 when there was none.</param>
/// <param name="CloseReason">The text that came with the code; empty when there was none.</param>
public readonly record struct ConnectionEnd(EndReason Reason, CloseCode Code, string CloseReason);
