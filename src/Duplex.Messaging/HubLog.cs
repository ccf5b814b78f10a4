using Microsoft.Extensions.Logging;

namespace Duplex.Messaging;

internal static partial class HubLog
{
    [LoggerMessage(1, LogLevel.Error, "A handler of '{Target}' failed for client {Client}")]
    public static partial void HandlerFailed(this ILogger logger, Exception exception, string target, string client);

    [LoggerMessage(2, LogLevel.Error, "The broker or presence store failed for channel '{Channel}'")]
    public static partial void BrokerFailed(this ILogger logger, Exception exception, string channel);

    [LoggerMessage(3, LogLevel.Error, "A command of client {Client} failed")]
    public static partial void CommandFailed(this ILogger logger, Exception exception, string client);

    [LoggerMessage(4, LogLevel.Error, "The handler that answers for the keys of channel '{Channel}' failed")]
    public static partial void PollFailed(this ILogger logger, Exception exception, string channel);
}
