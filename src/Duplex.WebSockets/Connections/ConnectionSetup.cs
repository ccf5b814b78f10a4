using Duplex.Execution;
using Duplex.Protocol.Extensions;
using Duplex.Protocol.Messages;
using Duplex.WebSockets.Compression;
using Duplex.WebSockets.Hosting;
using Microsoft.Extensions.Logging;

namespace Duplex.WebSockets.Connections;

/// <summary>What a handshake settled, for the connection that comes out of it.</summary>
public readonly struct ConnectionSetup
{
    /// <summary>Where the connection lives.</summary>
    public required Shard Shard { get; init; }

    /// <summary>Who gets its events.</summary>
    public required IWebSocketHandler Handler { get; init; }

    /// <summary>Limits and time-outs.</summary>
    public required WebSocketConnectionOptions Options { get; init; }

    /// <summary>Where failures of the handler are logged.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>Our end of the connection. Default server.</summary>
    public Role Role { get; init; }

    /// <summary>
    /// Gives the masking key of each frame sent: required for a client, null for a server. From a strong source of
    /// randomness (RFC 6455 section 10.3).
    /// </summary>
    public Func<uint>? MaskingKeys { get; init; }

    /// <summary>The subprotocol agreed on, or null.</summary>
    public string? Subprotocol { get; init; }

    /// <summary>Inflates the peer's messages when compression was agreed on, else null. The connection disposes it.</summary>
    public IMessageInflater? Inflater { get; init; }

    /// <summary>Compresses our messages when compression was agreed on, else null. The connection disposes it.</summary>
    public MessageDeflater? Deflater { get; init; }
}
