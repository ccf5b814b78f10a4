using Duplex.WebSockets.Connections;

namespace Duplex.WebSockets.Hosting;

/// <summary>Represents an endpoint that accepts upgrades: its options, and the handlers of its connections. Immutable and shared.</summary>
public abstract class WebSocketEndpoint
{
    /// <summary>The limits, time-outs, subprotocols, origins and compression of this endpoint.</summary>
    public abstract WebSocketConnectionOptions Options { get; }

    /// <summary>
    /// Returns the handler of a new connection, or null to refuse it with <see cref="RefusalOf"/>. Called on the shard after
    /// a valid handshake request and before the response.
    /// </summary>
    public abstract IWebSocketHandler? Accept(in UpgradeContext context);

    /// <summary>
    /// Returns the refusal of a request. Called on the shard after <see cref="Accept"/> returned null. Default
    /// <see cref="UpgradeRefusal.Endpoint"/>, 403.
    /// </summary>
    public virtual UpgradeRefusal RefusalOf(in UpgradeContext context) => UpgradeRefusal.Endpoint;

    /// <summary>
    /// Returns the options of one connection, which may differ from <see cref="Options"/> in those that apply after the
    /// handshake: limits, time-outs and pings. Called on the shard after <see cref="Accept"/>. Default
    /// <see cref="Options"/>.
    /// </summary>
    public virtual WebSocketConnectionOptions OptionsOf(in UpgradeContext context) => Options;
}
