using Duplex.Execution;
using Duplex.Protocol.Extensions;
using Duplex.Protocol.Messages;
using Duplex.WebSockets.Compression;
using Duplex.WebSockets.Hosting;
using Microsoft.Extensions.Logging;

namespace Duplex.WebSockets.Connections;

/// <summary>Represents the parameters that a handshake settled for a connection.</summary>
internal readonly struct ConnectionSetup
{
    /// <summary>The shard of the connection.</summary>
    public required Shard Shard { get; init; }

    /// <summary>The handler of its events.</summary>
    public required IWebSocketHandler Handler { get; init; }

    /// <summary>The limits and time-outs.</summary>
    public required WebSocketConnectionOptions Options { get; init; }

    /// <summary>The logger of exceptions of the handler.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>The local role in the connection. Default server.</summary>
    public Role Role { get; init; }

    /// <summary>
    /// The source of the masking key of each sent frame, which must be a strong source of randomness (RFC 6455 section
    /// 10.3): required for a client, null for a server.
    /// </summary>
    public Func<uint>? MaskingKeys { get; init; }

    /// <summary>The negotiated subprotocol, or null.</summary>
    public string? Subprotocol { get; init; }

    /// <summary>The inflater of the peer's messages when compression was negotiated, else null. The connection disposes it.</summary>
    public IMessageInflater? Inflater { get; init; }

    /// <summary>The deflater of sent messages when compression was negotiated, else null. The connection disposes it.</summary>
    public MessageDeflater? Deflater { get; init; }
}
