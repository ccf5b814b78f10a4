using Duplex.WebSockets.Connections;

namespace Duplex.WebSockets.Client;

/// <summary>
/// The exception that is thrown when a connection ended abnormally while it was used, or in any way in the middle of a
/// message.
/// </summary>
public sealed class WebSocketClosedException : WebSocketClientException
{
    private readonly AwaitedHandler _handler;

    internal WebSocketClosedException(AwaitedHandler handler, in ConnectionEnd end, CloseFrame? sent, CloseFrame? received)
        : base(Describe(end), null)
    {
        _handler = handler;
        End = end;
        Sent = sent;
        Received = received;
    }

    /// <summary>The end of the connection; its <see cref="ConnectionEnd.Fault"/> names the rule that the peer broke.</summary>
    public ConnectionEnd End { get; }

    /// <summary>The local close frame, or null when none was sent.</summary>
    public CloseFrame? Sent { get; }

    /// <summary>The peer's close frame, or null when none was received.</summary>
    public CloseFrame? Received { get; }

    /// <summary>Returns whether the exception is of this handler's connection, and not of another connection of the application.</summary>
    internal bool IsOf(AwaitedHandler handler) => _handler == handler;

    private static string Describe(in ConnectionEnd end)
    {
        var code = (int)end.Code;
        if (end.Fault is { } fault)
            return $"The peer violated the protocol at byte {fault.Offset} of its stream: {fault.Explanation} The WebSocket was closed with {code}.";
        return $"The WebSocket has ended: {end.Reason}, code {code}{(end.CloseReason.Length > 0 ? $" ({end.CloseReason})" : "")}.";
    }
}
