using Microsoft.Extensions.Logging;

namespace Duplex.Messaging;

/// <summary>The hub's log. Texts of clients go through <see cref="LogText"/>: they must not write lines of their own.</summary>
internal static partial class HubLog
{
    public static void HandlerFailed(this ILogger logger, Exception exception, string target, string client) =>
        LogHandlerFailed(logger, exception, LogText.Of(target), client);

    public static void BrokerFailed(this ILogger logger, Exception exception, string channel) => LogBrokerFailed(logger, exception, LogText.Of(channel));

    [LoggerMessage(3, LogLevel.Error, "A command of client {Client} failed")]
    public static partial void CommandFailed(this ILogger logger, Exception exception, string client);

    public static void PollFailed(this ILogger logger, Exception exception, string channel) => LogPollFailed(logger, exception, LogText.Of(channel));

    [LoggerMessage(10, LogLevel.Debug, "Client {Client} is refused: {Reason}")]
    public static partial void ConnectRefused(this ILogger logger, string client, string reason);

    [LoggerMessage(1, LogLevel.Error, "A handler of '{Target}' failed for client {Client}")]
    private static partial void LogHandlerFailed(ILogger logger, Exception exception, string target, string client);

    [LoggerMessage(2, LogLevel.Error, "The broker or presence store failed for channel '{Channel}'")]
    private static partial void LogBrokerFailed(ILogger logger, Exception exception, string channel);

    [LoggerMessage(4, LogLevel.Error, "The handler that answers for the keys of channel '{Channel}' failed")]
    private static partial void LogPollFailed(ILogger logger, Exception exception, string channel);
}
