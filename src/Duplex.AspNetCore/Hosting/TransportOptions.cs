using Duplex.Configuration;
using Duplex.Messaging;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Protocol.Extensions;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Origins;
using Microsoft.AspNetCore.Http;

namespace Duplex.AspNetCore.Hosting;

/// <summary>Options of the client endpoints. The configuration section is <c>Duplex:Transports</c>.</summary>
public sealed class TransportOptions
{
    internal const int MaxBytes = 64 * 1024 * 1024;

    private static readonly TimeSpan WriteTimeoutWithoutPings = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The origins of pages that may connect, such as <c>https://example.org</c>; <c>self</c> is the server's own origin,
    /// <c>self:*</c> its host with any port, and <c>*</c> allows all. Empty, the default, equals <c>self</c>. Clients without
    /// an Origin field are not browsers and are allowed. A page that only <c>*</c> allows cannot read responses to requests
    /// with cookies.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>The maximum size of a message or request body. A larger message closes a WebSocket with 1009; the response to a larger body is 413.</summary>
    /// <value>From 1 to 67,108,864 bytes. Default 65,536.</value>
    [NumberRange(1, MaxBytes, "bytes")]
    public int MaxMessageBytes { get; set; } = 64 * 1024;

    /// <summary>
    /// The maximum time from the first byte of a message or request body to its last. A later message closes a WebSocket with
    /// 1008; the response to a later body is 408.
    /// </summary>
    /// <value>From 1 ms to 30 days. Default 30 s.</value>
    [TimeRange("00:00:00.001", "30.00:00:00")]
    public TimeSpan MessageTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The time that the connection of an ended client stays open so that pending data can arrive; after it, a peer that has not
    /// read the data is dropped.
    /// </summary>
    /// <value>From 1 ms to 30 days. Default 5 s.</value>
    [TimeRange("00:00:00.001", "30.00:00:00")]
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The time that one write to an HTTP stream may wait for its peer; after it, the peer is dropped. Null: the sum of the hub's
    /// ping interval and pong time-out, or a minute if the hub does not ping.
    /// </summary>
    /// <value>From 1 ms to 30 days, or null for the time of a ping and its pong. Default null.</value>
    [TimeRange("00:00:00.001", "30.00:00:00", Null = "the time of a ping and its pong")]
    public TimeSpan? WriteTimeout { get; set; }

    /// <summary>
    /// The maximum time that a publication may be in transit to a client, in kernels and in the network, before the hub queues
    /// further ones and lets newer publications replace them. It applies to channels that may skip publications
    /// (<see cref="SlowConsumerPolicy.Conflate"/> and
    /// <see cref="SlowConsumerPolicy.DropOldest"/>). WebSockets measure it with pings, the first
    /// after 4 KiB; the latency of the path is not counted up to the same time. HTTP streams, and WebSocket peers that
    /// answer no ping, are bounded by the bytes that the local kernel has not sent, on Linux.
    /// </summary>
    /// <value>From 1 ms to 60 s, or null for no bound. Default 400 ms.</value>
    [TimeRange("00:00:00.001", "00:01:00", Null = "no bound")]
    public TimeSpan? MaxDeliveryDelay { get; set; } = TimeSpan.FromMilliseconds(400);

    /// <summary>The maximum rate of new connections to this node; the response to further ones is 503.</summary>
    /// <value>From 1 to 2,147,483,647 connections a second, or null for no limit. Default null.</value>
    [NumberRange(1, int.MaxValue, "connections a second", Null = "no limit")]
    public int? ConnectionRateLimit { get; set; }

    /// <summary>
    /// The header field in which a proxy in front of the server sends the id of the user that it authenticated. Such a client
    /// needs no token. Set it only if every request passes through that proxy and the proxy removes the field from the requests
    /// of clients. Null, the default: no field is read.
    /// </summary>
    public string? UserIdHeader { get; set; }

    /// <summary>The header fields of clients' requests that <see cref="ClientContext.RequestHeaders"/> contains. Default: none.</summary>
    public IList<string> KeptHeaders { get; } = [];

    /// <summary>The options of permessage-deflate on WebSockets (RFC 7692). Null, the default: messages are not compressed. A publication is compressed once for all subscribers.</summary>
    public DeflateOptions? Compression { get; set; }

    /// <summary>The WebSocket endpoint, at <c>/connection/websocket</c> by default.</summary>
    public ClientEndpointOptions WebSocket { get; } = new("/connection/websocket");

    /// <summary>The endpoint of HTTP streams, for clients whose network blocks WebSockets, at <c>/connection/http_stream</c> by default.</summary>
    public ClientEndpointOptions HttpStream { get; } = new("/connection/http_stream");

    /// <summary>The endpoint of server-sent events, for clients whose network blocks WebSockets, at <c>/connection/sse</c> by default.</summary>
    public ClientEndpointOptions Sse { get; } = new("/connection/sse");

    /// <summary>The endpoint to which clients of HTTP streams and server-sent events send commands, at <c>/emulation</c> by default.</summary>
    public ClientEndpointOptions Emulation { get; } = new("/emulation");

    /// <summary>The WebSocket endpoint of one-way clients, at <c>/connection/uni_websocket</c> by default.</summary>
    public ClientEndpointOptions OneWayWebSocket { get; } = new("/connection/uni_websocket");

    /// <summary>The endpoint of HTTP streams of one-way clients, at <c>/connection/uni_http_stream</c> by default.</summary>
    public ClientEndpointOptions OneWayHttpStream { get; } = new("/connection/uni_http_stream");

    /// <summary>The endpoint of server-sent events of one-way clients, at <c>/connection/uni_sse</c> by default.</summary>
    public ClientEndpointOptions OneWaySse { get; } = new("/connection/uni_sse");

    /// <summary>
    /// Maps the code of a connect error to the disconnect that a one-way client receives, because one-way transports cannot
    /// carry errors. Default: 109 and 110 map to 3005, 111 to 3013, 103 to 3507, all others to 3004.
    /// </summary>
    public IDictionary<uint, Disconnect> OneWayDisconnects { get; } = new Dictionary<uint, Disconnect>();

    /// <summary>Adds the user, principal and headers of the request to the features of its client.</summary>
    internal ClientFeatures Describe(ClientFeatures client, in UpgradeContext request, HttpContextUser? user)
    {
        if (UserIdHeader is not null || KeptHeaders.Count > 0) client = Describe(client, request.CopyHeaders().GetValueOrDefault);
        return user is null ? client : user.AddTo(client, request.User);
    }

    /// <inheritdoc cref="Describe(ClientFeatures, in UpgradeContext, HttpContextUser?)"/>
    internal ClientFeatures Describe(ClientFeatures client, HttpContext request, HttpContextUser? user)
    {
        client = Describe(client, name => request.Request.Headers[name].ToString());
        return user is null ? client : user.AddTo(client, request.User);
    }

    private ClientFeatures Describe(ClientFeatures client, Func<string, string?> header) => client with
    {
        User = UserIdHeader is null ? null : header(UserIdHeader),
        Headers = KeptHeaders.Count == 0
            ? client.Headers
            : KeptHeaders.Where(name => !string.IsNullOrEmpty(header(name))).ToDictionary(static name => name, name => header(name)!, StringComparer.OrdinalIgnoreCase),
    };

    /// <summary>The maximum delivery delay where a channel may skip publications; null where none may.</summary>
    internal TimeSpan? MaxDeliveryDelayOf(HubOptions hub) =>
        hub.Namespaces.Values.Any(static ns => ns.SlowConsumers != SlowConsumerPolicy.Disconnect) ? MaxDeliveryDelay : null;

    internal TimeSpan WriteTimeoutOf(HubOptions hub) =>
        WriteTimeout ?? (hub.PingInterval + hub.PongTimeout ?? WriteTimeoutWithoutPings);

    /// <summary>Reports every value that is out of its range.</summary>
    /// <param name="faults">Receives the faults.</param>
    internal void Check(OptionFaults faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        faults.CheckRanges(this);
        foreach (var origin in AllowedOrigins)
        {
            if (OriginPolicy.FaultOf(origin) is { } fault) faults.Add(nameof(AllowedOrigins), fault);
        }

        foreach (var (name, endpoint) in Endpoints)
        {
            faults.CheckRanges(endpoint, name);
            if (!endpoint.Path.StartsWith('/')) faults.Add($"{name}:{nameof(endpoint.Path)}", endpoint.Path, "a path that begins with a slash");
        }
    }

    internal IEnumerable<(string Name, ClientEndpointOptions Options)> Endpoints =>
    [
        (nameof(WebSocket), WebSocket), (nameof(HttpStream), HttpStream), (nameof(Sse), Sse), (nameof(Emulation), Emulation),
        (nameof(OneWayWebSocket), OneWayWebSocket), (nameof(OneWayHttpStream), OneWayHttpStream), (nameof(OneWaySse), OneWaySse),
    ];

    internal DeflateOptions? CompressionOf(ClientEndpointOptions endpoint) => endpoint.Compression ?? Compression;

    internal int MaxBytesOf(ClientEndpointOptions endpoint) => endpoint.MaxMessageBytes ?? MaxMessageBytes;
}
