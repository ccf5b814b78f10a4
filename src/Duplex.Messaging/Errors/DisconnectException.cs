using Duplex.Messaging.Codes;

namespace Duplex.Messaging.Errors;

/// <summary>Thrown by a handler to end the client's connection in place of a reply.</summary>
/// <param name="disconnect">The code and reason the client is told.</param>
public sealed class DisconnectException(Disconnect disconnect) : Exception(disconnect.Reason)
{
    /// <summary>The code and reason the client is told.</summary>
    public Disconnect Disconnect { get; } = disconnect;
}
