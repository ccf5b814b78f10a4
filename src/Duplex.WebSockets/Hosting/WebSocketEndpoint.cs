using Duplex.WebSockets.Connections;

namespace Duplex.WebSockets.Hosting;

/// <summary>An endpoint that takes upgrades: what it allows, and who handles its connections. Immutable and shared.</summary>
public abstract class WebSocketEndpoint
{
    /// <summary>Limits, time-outs, subprotocols, origins and compression of this endpoint.</summary>
    public abstract WebSocketConnectionOptions Options { get; }

    /// <summary>The status that refuses a connection when <see cref="Accept"/> returns null: 400 to 599. Default 403.</summary>
    public virtual int RefusalStatus => 403;

    /// <summary>Why, in one ASCII sentence for the answer and the log, when <see cref="Accept"/> returns null; the same each time.</summary>
    public virtual string RefusalReason => "The endpoint refused the connection.";

    /// <summary>
    /// Called on the shard after a valid handshake request, before the response: returns the handler of the new
    /// connection, or null to refuse it with <see cref="RefusalStatus"/>.
    /// </summary>
    public abstract IWebSocketHandler? Accept(in UpgradeContext context);

    /// <summary>
    /// The options of one connection, which may differ from <see cref="Options"/> in what counts after the handshake:
    /// limits, time-outs and pings. Called on the shard after <see cref="Accept"/>. Default: <see cref="Options"/>.
    /// </summary>
    public virtual WebSocketConnectionOptions OptionsOf(in UpgradeContext context) => Options;
}
