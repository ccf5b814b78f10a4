using Duplex.Protocol.Handshake;

namespace Duplex.WebSockets.Client;

/// <summary>The exception that is thrown when a connection could not be opened.</summary>
public sealed class WebSocketConnectException : WebSocketClientException
{
    internal WebSocketConnectException(ConnectFailure failure, string message, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>The step that failed.</summary>
    public ConnectFailure Failure { get; }

    /// <summary>The status code of the response of the server or the proxy, or null when there was no response.</summary>
    public int? Status { get; internal init; }

    /// <summary>The Location field of a redirect, which is not followed; otherwise null.</summary>
    public string? Location { get; internal init; }

    /// <summary>The fault of the server's response; none when the response is not the cause.</summary>
    public UpgradeResponseFault Fault { get; internal init; }
}
