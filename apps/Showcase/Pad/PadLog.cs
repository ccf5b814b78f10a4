namespace Showcase.Pad;

/// <summary>The log events of the documents.</summary>
internal static partial class PadLog
{
    [LoggerMessage(9200, LogLevel.Error, "The list of documents was not updated; it is updated again with the next change.")]
    public static partial void ListFailed(this ILogger logger, Exception exception);
}
