using Microsoft.Extensions.Logging;

namespace Duplex.AspNetCore.Api;

/// <summary>The log events of the server API, 1300 to 1309.</summary>
internal static partial class ApiLog
{
    [LoggerMessage(EventId = 1300, Message = "The API method '{Method}' failed ({HeldBack} more since the last entry of this kind).")]
    public static partial void ApiFailed(this ILogger logger, LogLevel level, Exception exception, string method, long heldBack);

    [LoggerMessage(1301, LogLevel.Debug, "The API method '{Method}' was refused with {Code}: {Reason}.")]
    public static partial void ApiRefused(this ILogger logger, string method, uint code, string reason);
}
