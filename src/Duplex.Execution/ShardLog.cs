using Microsoft.Extensions.Logging;

namespace Duplex.Execution;

internal static partial class ShardLog
{
    [LoggerMessage(1050, LogLevel.Error, "An item of work or a timer failed on its shard.")]
    public static partial void ShardWorkFailed(ILogger logger, Exception exception);
}
