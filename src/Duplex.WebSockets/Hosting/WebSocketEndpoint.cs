using Duplex.WebSockets.Connections;

namespace Duplex.WebSockets.Hosting;

/// <summary>An endpoint that takes upgrades: what it allows, and who handles its connections. Immutable and shared.</summary>
public abstract class WebSocketEndpoint
{
    /// <summary>Limits, time-outs, subprotocols, origins and compression of this endpoint.</summary>
    public abstract WebSocketConnectionOptions Options { get; }

    /// <summary>
    /// Called on the shard after a valid handshake request, before the response: returns the handler of the new
    /// connection, or null to refuse it with <see cref="RefusalOf"/>.
    /// </summary>
    public abstract IWebSocketHandler? Accept(in UpgradeContext context);

    /// <summary>
    /// Why a request was refused: called on the shard after <see cref="Accept"/> returned null. Default:
    /// <see cref="UpgradeRefusal.Endpoint"/>, 403.
    /// </summary>
    public virtual UpgradeRefusal RefusalOf(in UpgradeContext context) => UpgradeRefusal.Endpoint;

    /// <summary>
    /// The options of one connection, which may differ from <see cref="Options"/> in what counts after the handshake:
    /// limits, time-outs and pings. Called on the shard after <see cref="Accept"/>. Default: <see cref="Options"/>.
    /// </summary>
    public virtual WebSocketConnectionOptions OptionsOf(in UpgradeContext context) => Options;
}
