using Duplex.Protocol.Messages;
using Microsoft.Extensions.Logging;

namespace Duplex.WebSockets.Diagnostics;

/// <summary>Defines the log events of connections, 1000 to 1099.</summary>
internal static partial class ConnectionLog
{
    [LoggerMessage(1000, LogLevel.Error, "A WebSocket handler failed: its connection is closed with 1011.")]
    public static partial void WebSocketHandlerFailed(ILogger logger, Exception exception);

    [LoggerMessage(1001, LogLevel.Debug, "The peer violated RFC 6455 at byte {Offset} of its stream: {Reason}.")]
    public static partial void PeerFault(ILogger logger, ProtocolFaultReason reason, long offset);

    [LoggerMessage(1002, LogLevel.Error, "An item of work failed on its shard.")]
    public static partial void ConnectionWorkFailed(ILogger logger, Exception exception);

    [LoggerMessage(1003, LogLevel.Error, "A listener of the meter Duplex.WebSockets failed: it misses one measurement.")]
    public static partial void ListenerFailed(ILogger logger, Exception exception);
}
