using Duplex.Messaging.Codes;

namespace Duplex.Messaging.Errors;

/// <summary>Thrown by a handler to end the client's connection instead of replying.</summary>
/// <param name="disconnect">The code and reason that the client receives.</param>
public sealed class DisconnectException(Disconnect disconnect) : Exception(disconnect.Reason)
{
    /// <summary>The code and reason that the client receives.</summary>
    public Disconnect Disconnect { get; } = disconnect;
}
