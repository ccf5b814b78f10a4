using Duplex.Protocol.Messages;
using Microsoft.Extensions.Logging;

namespace Duplex.WebSockets.Diagnostics;

internal static partial class ConnectionLog
{
    [LoggerMessage(1, LogLevel.Error, "A WebSocket handler threw; its connection is closed with 1011.")]
    public static partial void HandlerFailed(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Debug, "The peer broke the protocol at byte {Offset} of its stream: {Reason}.")]
    public static partial void PeerFault(ILogger logger, ProtocolFaultReason reason, long offset);

    [LoggerMessage(3, LogLevel.Error, "An item of work threw on its shard.")]
    public static partial void WorkFailed(ILogger logger, Exception exception);

    [LoggerMessage(4, LogLevel.Error, "A listener of the meter Duplex.WebSockets threw; what it was to count is missing there.")]
    public static partial void ListenerFailed(ILogger logger, Exception exception);
}
