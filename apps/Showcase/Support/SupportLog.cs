namespace Showcase.Support;

/// <summary>The log events of the helpdesk.</summary>
internal static partial class SupportLog
{
    [LoggerMessage(9300, LogLevel.Error, "The state of the desk was not updated; it is updated again within a second.")]
    public static partial void DeskFailed(this ILogger logger, Exception exception);
}
