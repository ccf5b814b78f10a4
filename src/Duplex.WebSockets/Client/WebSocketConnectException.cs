using Duplex.Protocol.Handshake;

namespace Duplex.WebSockets.Client;

/// <summary>The connection could not be opened.</summary>
public sealed class WebSocketConnectException : WebSocketClientException
{
    internal WebSocketConnectException(ConnectFailure failure, string message, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>At which step it failed.</summary>
    public ConnectFailure Failure { get; }

    /// <summary>The status that the server or the proxy answered with, or null when there was no answer.</summary>
    public int? Status { get; internal init; }

    /// <summary>The Location field of a redirect, which is not followed; else null.</summary>
    public string? Location { get; internal init; }

    /// <summary>What is wrong with the server's answer; none when it is not the answer that failed.</summary>
    public UpgradeResponseFault Fault { get; internal init; }
}
