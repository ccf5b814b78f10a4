using Microsoft.Extensions.Logging;

namespace Duplex.Execution;

internal static partial class ShardLog
{
    [LoggerMessage(1, LogLevel.Error, "An item of work or a timer threw on its shard.")]
    public static partial void WorkFailed(ILogger logger, Exception exception);
}
