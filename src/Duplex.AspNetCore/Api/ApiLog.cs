using Microsoft.Extensions.Logging;

namespace Duplex.AspNetCore.Api;

internal static partial class ApiLog
{
    [LoggerMessage(1, LogLevel.Error, "The API method '{Method}' failed ({HeldBack} more failures since the last such entry)")]
    public static partial void ApiFailed(this ILogger logger, Exception exception, string method, long heldBack);

    [LoggerMessage(2, LogLevel.Debug, "The API method '{Method}' failed")]
    public static partial void ApiFailedAgain(this ILogger logger, Exception exception, string method);

    [LoggerMessage(3, LogLevel.Debug, "The API method '{Method}' was answered with error {Code}")]
    public static partial void ApiRefused(this ILogger logger, string method, uint code);
}
