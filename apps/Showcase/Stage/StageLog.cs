namespace Showcase.Stage;

/// <summary>The log events of the stages.</summary>
internal static partial class StageLog
{
    [LoggerMessage(9600, LogLevel.Error, "A stage was not updated; it is updated again in a moment.")]
    public static partial void StageFailed(this ILogger logger, Exception exception);
}
