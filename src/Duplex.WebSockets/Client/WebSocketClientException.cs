namespace Duplex.WebSockets.Client;

/// <summary>
/// Represents the root of the exceptions that <see cref="WebSocketClient"/> throws for faults of the peer or the network.
/// </summary>
public abstract class WebSocketClientException : Exception
{
    private protected WebSocketClientException(string message, Exception? innerException)
        : base(message, innerException) { }
}
