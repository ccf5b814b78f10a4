using Duplex.Configuration;
using Duplex.Protocol.Extensions;
using Duplex.Protocol.Messages;
using Duplex.WebSockets.Origins;

namespace Duplex.WebSockets.Hosting;

/// <summary>
/// Represents the options of a WebSocket endpoint or client. The defaults are safe for a public server. In an ASP.NET Core
/// application the section <c>Duplex:WebSockets</c> changes the defaults of every endpoint that is mapped without options.
/// Connections share an instance: do not change it once an endpoint or a connection uses it.
/// </summary>
public sealed record WebSocketConnectionOptions
{
    // Created from the values on first use; a copy with other values creates its own.
    private MessageLimits? _limits;
    private OriginPolicy? _origins;

    /// <summary>New options with the default values.</summary>
    public static WebSocketConnectionOptions Default => new();

    /// <summary>Largest message accepted, after reassembly and inflation. A larger one closes the connection with 1009.</summary>
    /// <value>From 1 to 2,147,483,647 bytes. Default 65,536.</value>
    [NumberRange(1, int.MaxValue, "bytes")]
    public int MaxMessageBytes { get; set => (field, _limits) = (value, null); } = MessageLimits.Default.MaxMessageBytes;

    /// <summary>Most fragments accepted in one message. More close the connection with 1008.</summary>
    /// <value>From 1 to 2,147,483,647 fragments. Default 4,096.</value>
    [NumberRange(1, int.MaxValue, "fragments")]
    public int MaxFragments { get; set => (field, _limits) = (value, null); } = MessageLimits.Default.MaxFragments;

    /// <summary>Time from a message's first byte to its last. Longer closes the connection with 1008.</summary>
    /// <value>From 1 ms to 30 days, or null for no bound. Default 30 s.</value>
    [TimeRange("00:00:00.001", "30.00:00:00", Null = "no bound")]
    public TimeSpan? MessageTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Time from the local close frame to the peer's, and then to the end of the transport.</summary>
    /// <value>From 1 ms to 30 days. Default 5 s.</value>
    [TimeRange("00:00:00.001", "30.00:00:00")]
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Time between pings. The default keeps most proxies' idle time-outs (60 s and up) from firing.</summary>
    /// <value>From 1 ms to 30 days, or null for no pings. Default 25 s.</value>
    [TimeRange("00:00:00.001", "30.00:00:00", Null = "no pings")]
    public TimeSpan? PingInterval { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>
    /// Time after a ping within which any byte must arrive; otherwise the connection is dropped. At most
    /// <see cref="PingInterval"/>. Bytes that the peer takes from a full send queue count too: over a stream each 256 KiB, on
    /// an event loop every byte. The default is Centrifugo's <c>client.pong_timeout</c>, which the hub uses too.
    /// </summary>
    /// <value>From 1 ms to 30 days, or null for no bound. Default 8 s.</value>
    [TimeRange("00:00:00.001", "30.00:00:00", Null = "no bound")]
    public TimeSpan? PongTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>Queued bytes above which a connection is not writable. It is writable again when half of them have left.</summary>
    /// <value>From 0 to 2,147,483,647 bytes. Default 65,536.</value>
    [NumberRange(0, int.MaxValue, "bytes")]
    public int SendHighWaterBytes { get; set; } = 64 * 1024;

    /// <summary>
    /// Queued bytes above which the next message drops the connection as a slow consumer; one message may be larger by
    /// itself. Control frames do not count.
    /// </summary>
    /// <value>From 0 to 2,147,483,647 bytes, or null for no bound. Default 1,048,576.</value>
    [NumberRange(0, int.MaxValue, "bytes", Null = "no bound")]
    public int? MaxQueuedBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// Time that a message may wait on its way to the peer, in a kernel or in the network, before
    /// <see cref="Connections.WebSocketConnection.IsCaughtUp"/> becomes false. It is measured by pings among the messages, about four in
    /// each of these times and none before 4 KiB are sent. The path's own delay is not counted up to the same time.
    /// </summary>
    /// <value>From 1 ms to 60 s, or null for no measurement. Default null.</value>
    [TimeRange("00:00:00.001", "00:01:00", Null = "no measurement")]
    public TimeSpan? MaxDeliveryDelay { get; set; }

    /// <summary>
    /// The origins from which browsers may connect: <c>https://example.org</c>, <c>https://*.example.org</c>,
    /// <c>capacitor://localhost</c>, <c>null</c>, <c>self</c> for the host and port of the request, <c>self:*</c> for its host
    /// with any port, or <c>*</c> for all. Empty, the default, equals <c>self</c>.
    /// Requests without an Origin field do not come from browsers and are accepted. RFC 6455 section 10.2.
    /// </summary>
    public IReadOnlyList<string> AllowedOrigins { get; set => (field, _origins) = (value, null); } = [];

    /// <summary>The subprotocols of the endpoint. The client's order of preference decides. Default none. RFC 6455 section 1.9.</summary>
    public IReadOnlyList<string> Subprotocols { get; set; } = [];

    /// <summary>
    /// Whether a request that offers none of <see cref="Subprotocols"/> is rejected with 400. Default false: the connection
    /// opens without a subprotocol.
    /// </summary>
    public bool RequireSubprotocol { get; set; }

    /// <summary>The options of permessage-deflate, or null, the default, for no compression. RFC 7692.</summary>
    public DeflateOptions? Compression { get; set; }

    /// <summary>Validates the values, as endpoints do when they are mapped.</summary>
    /// <exception cref="ArgumentException">A value is out of its range, or an origin is malformed; the message lists every fault.</exception>
    public void Validate()
    {
        var faults = new OptionFaults("");
        Check(faults);
        faults.ThrowIfAny();
    }

    /// <summary>Adds a fault for every value that is out of its range.</summary>
    /// <param name="faults">The collection of faults.</param>
    internal void Check(OptionFaults faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        faults.CheckRanges(this);
        if (PongTimeout > PingInterval) faults.Add(nameof(PongTimeout), PongTimeout, $"at most {nameof(PingInterval)}, which is {TimeText.Constant(PingInterval.Value)}");
        foreach (var origin in AllowedOrigins)
        {
            if (OriginPolicy.FaultOf(origin) is { } fault) faults.Add(nameof(AllowedOrigins), fault);
        }
    }

    internal MessageLimits MessageLimits => _limits ??= new MessageLimits { MaxMessageBytes = MaxMessageBytes, MaxFragments = MaxFragments };

    internal OriginPolicy Origins => _origins ??= new OriginPolicy(AllowedOrigins);
}
