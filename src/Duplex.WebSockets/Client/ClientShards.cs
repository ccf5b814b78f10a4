using Duplex.Execution;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duplex.WebSockets.Client;

/// <summary>Selects the shard of a client's connection: a shared one, or one of its own for a client with its own clock or log.</summary>
internal static class ClientShards
{
    private static readonly Lazy<ThreadPoolShards> Shared = new(static () => new ThreadPoolShards(TimeProvider.System, NullLoggerFactory.Instance));

    /// <param name="options">The client's options.</param>
    /// <param name="owned">The shard to dispose with the connection, or null for a shared one.</param>
    public static ThreadPoolShard Take(WebSocketClientOptions options, out ThreadPoolShard? owned)
    {
        owned = null;
        if (options.Time == TimeProvider.System && options.Loggers == NullLoggerFactory.Instance) return Shared.Value.Next();
        return owned = new ThreadPoolShard(options.Time, options.Loggers.CreateLogger("Duplex.Execution"));
    }
}
