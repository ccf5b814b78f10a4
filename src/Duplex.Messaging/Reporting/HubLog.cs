using Microsoft.Extensions.Logging;

namespace Duplex.Messaging.Reporting;

/// <summary>The hub's log events, 1200 to 1299. Only <see cref="HubReports"/> writes them.</summary>
internal static partial class HubLog
{
    [LoggerMessage(EventId = 1200, Message = "A handler of '{Target}' failed for client {Client} ({HeldBack} more since the last entry of this kind).")]
    public static partial void HandlerFailed(this ILogger logger, LogLevel level, Exception exception, string target, string client, long heldBack);

    [LoggerMessage(EventId = 1201, Message = "The broker or presence store failed for channel '{Channel}' ({HeldBack} more since the last entry of this kind).")]
    public static partial void BrokerFailed(this ILogger logger, LogLevel level, Exception exception, string channel, long heldBack);

    [LoggerMessage(EventId = 1202, Message = "A command of client {Client} failed ({HeldBack} more since the last entry of this kind).")]
    public static partial void CommandFailed(this ILogger logger, LogLevel level, Exception exception, string client, long heldBack);

    [LoggerMessage(EventId = 1203, Message = "The poll handler of channel '{Channel}' failed ({HeldBack} more since the last entry of this kind).")]
    public static partial void PollFailed(this ILogger logger, LogLevel level, Exception exception, string channel, long heldBack);

    [LoggerMessage(EventId = 1204, Message = "The {Transport} connection of client {Client} failed to send or close and is dropped ({HeldBack} more since the last entry of this kind).")]
    public static partial void CloseFailed(this ILogger logger, LogLevel level, Exception exception, string transport, string client, long heldBack);

    [LoggerMessage(EventId = 1205, Message = "A callback that the application registered for the end of client {Client} failed ({HeldBack} more since the last entry of this kind).")]
    public static partial void CallbackFailed(this ILogger logger, LogLevel level, Exception exception, string client, long heldBack);

    [LoggerMessage(EventId = 1206, Message = "The hub refused '{Command}' of client {Client} (user '{User}', address {RemoteAddress}) for '{Target}' with {Code} '{Reason}': {Explanation} ({HeldBack} more since the last entry of this kind).")]
    public static partial void CommandRefused(
        this ILogger logger,
        LogLevel level,
        string command,
        string client,
        string user,
        string remoteAddress,
        string target,
        uint code,
        string reason,
        string explanation,
        long heldBack);

    [LoggerMessage(EventId = 1207, Message = "Client {Client} (user '{User}', address {RemoteAddress}) is disconnected with {Code} '{Reason}': {Explanation} ({HeldBack} more since the last entry of this kind).")]
    public static partial void ClientDisconnected(
        this ILogger logger, LogLevel level, string client, string user, string remoteAddress, uint code, string reason, string explanation, long heldBack);

    [LoggerMessage(1208, LogLevel.Debug, "Client {Client} (user '{User}') is unsubscribed from '{Channel}' with {Code} '{Reason}': {Explanation}")]
    public static partial void ClientUnsubscribed(this ILogger logger, string client, string user, string channel, uint code, string reason, string explanation);

    [LoggerMessage(EventId = 1209, Message = "The {Type} handler of '{Target}' did not return within {Limit} for client {Client}: its command fails and its result is dropped. Make it observe its token, or raise HandlerTimeout ({HeldBack} more since the last entry of this kind).")]
    public static partial void HandlerTimedOut(this ILogger logger, LogLevel level, string type, string target, string client, TimeSpan limit, long heldBack);
}
