using Duplex.WebSockets.Connections;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duplex.WebSockets.Client;

/// <summary>Where clients' connections live: on owners that all clients share, or on one of their own when they have their own clock or log.</summary>
internal static class ClientOwners
{
    private static readonly Lazy<ThreadPoolOwners> Shared = new(static () => new ThreadPoolOwners(TimeProvider.System, NullLoggerFactory.Instance));

    /// <param name="options">The client's options.</param>
    /// <param name="owned">The owner to dispose with the connection, if it is not shared.</param>
    public static ThreadPoolOwner Take(WebSocketClientOptions options, out ThreadPoolOwner? owned)
    {
        owned = null;
        if (options.Time == TimeProvider.System && options.Loggers == NullLoggerFactory.Instance) return Shared.Value.Next();
        return owned = new ThreadPoolOwner(options.Time, options.Loggers.CreateLogger("Duplex.WebSockets"));
    }
}
