using Microsoft.Extensions.Logging;

namespace Duplex.AspNetCore.Api;

internal static partial class ApiLog
{
    [LoggerMessage(1, LogLevel.Error, "The API method '{Method}' failed")]
    public static partial void ApiFailed(this ILogger logger, Exception exception, string method);
}
