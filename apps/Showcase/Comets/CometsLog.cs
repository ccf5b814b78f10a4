namespace Showcase.Comets;

/// <summary>The log events of the game.</summary>
internal static partial class CometsLog
{
    [LoggerMessage(9500, LogLevel.Error, "A part of the game was not simulated or published; it continues with the next snapshot.")]
    public static partial void GameFailed(this ILogger logger, Exception exception);
}
