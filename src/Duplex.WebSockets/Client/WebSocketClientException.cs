namespace Duplex.WebSockets.Client;

/// <summary>Root of what <see cref="WebSocketClient"/> throws for a peer's or the network's fault.</summary>
public abstract class WebSocketClientException : Exception
{
    private protected WebSocketClientException(string message, Exception? innerException)
        : base(message, innerException) { }
}
