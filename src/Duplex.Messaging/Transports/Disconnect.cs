namespace Duplex.Messaging.Transports;

/// <summary>Why the hub ends a connection. The code decides whether a client returns: 3000 to 3499, 4000 to 4499 and 5000 up do, the rest do not.</summary>
/// <param name="Code">3000 to 3999 for the hub, 4000 to 4999 for applications.</param>
/// <param name="Reason">Plain words, at most 123 bytes of UTF-8.</param>
public sealed record Disconnect(ushort Code, string Reason);
