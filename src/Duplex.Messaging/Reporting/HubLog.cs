using Microsoft.Extensions.Logging;

namespace Duplex.Messaging.Reporting;

/// <summary>The hub's log entries. <see cref="HubReports"/> alone writes them.</summary>
internal static partial class HubLog
{
    [LoggerMessage(EventId = 1, Message = "A handler of '{Target}' failed for client {Client}")]
    public static partial void HandlerFailed(this ILogger logger, LogLevel level, Exception exception, string target, string client);

    [LoggerMessage(EventId = 2, Message = "The broker or presence store failed for channel '{Channel}'")]
    public static partial void BrokerFailed(this ILogger logger, LogLevel level, Exception exception, string channel);

    [LoggerMessage(EventId = 3, Message = "A command of client {Client} failed")]
    public static partial void CommandFailed(this ILogger logger, LogLevel level, Exception exception, string client);

    [LoggerMessage(EventId = 4, Message = "The handler that answers for the keys of channel '{Channel}' failed")]
    public static partial void PollFailed(this ILogger logger, LogLevel level, Exception exception, string channel);

    [LoggerMessage(EventId = 5, Message = "The {Transport} connection of client {Client} could not be closed in order and is dropped")]
    public static partial void CloseFailed(this ILogger logger, LogLevel level, Exception exception, string transport, string client);

    [LoggerMessage(EventId = 6, Message = "A callback of the application on the end of client {Client} failed")]
    public static partial void CallbackFailed(this ILogger logger, LogLevel level, Exception exception, string client);

    [LoggerMessage(EventId = 7, Message = "Refused '{Command}' of client {Client}, user '{User}', for '{Target}' with {Code}, {Reason}. {Advice}")]
    public static partial void Refused(
        this ILogger logger, LogLevel level, string command, string client, string user, string target, uint code, string reason, string advice);

    [LoggerMessage(EventId = 8, Message = "Client {Client}, user '{User}', ends with {Code}, {Reason}. {Advice}")]
    public static partial void Ended(this ILogger logger, LogLevel level, string client, string user, uint code, string reason, string advice);

    [LoggerMessage(9, LogLevel.Debug, "Client {Client}, user '{User}', sent what cannot be read: {Reason}")]
    public static partial void Malformed(this ILogger logger, string client, string user, string reason);

    [LoggerMessage(EventId = 10, Message = "{Count} entries like the one before were logged at Debug since the last one of the kind")]
    public static partial void HeldBack(this ILogger logger, LogLevel level, long count);
}
