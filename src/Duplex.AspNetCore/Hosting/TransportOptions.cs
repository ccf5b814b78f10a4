using Duplex.Configuration;
using Duplex.Messaging;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Protocol.Extensions;
using Duplex.WebSockets.Hosting;
using Duplex.WebSockets.Origins;
using Microsoft.AspNetCore.Http;

namespace Duplex.AspNetCore.Hosting;

/// <summary>What the client endpoints allow. The configuration section is <c>Duplex:Transports</c>.</summary>
public sealed class TransportOptions
{
    internal const int MaxBytes = 64 * 1024 * 1024;

    private static readonly TimeSpan WriteTimeoutWithoutPings = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Origins of pages that may connect, such as <c>https://example.org</c>; <c>self</c> is the server's own origin,
    /// <c>self:*</c> its host with any port, and <c>*</c> allows all. Empty, the default, equals <c>self</c>. Clients that send no origin are no browsers and pass. Pages that only <c>*</c> lets
    /// in may not read answers that browsers fetched with cookies.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>Largest message or request body accepted. A larger message closes a WebSocket with 1009; a larger body is answered with 413.</summary>
    /// <value>From 1 to 67,108,864 bytes. Default 65,536.</value>
    [NumberRange(1, MaxBytes, "bytes")]
    public int MaxMessageBytes { get; set; } = 64 * 1024;

    /// <summary>
    /// Time from the first byte of a message or request body to its last; longer closes a WebSocket with 1008 and is
    /// answered with 408 otherwise.
    /// </summary>
    /// <value>From 1 ms to 30 days. Default 30 s.</value>
    [TimeRange("00:00:00.001", "30.00:00:00")]
    public TimeSpan MessageTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Time from the end of a client to that of its connection, for what is still to be sent to arrive; a peer that does
    /// not read is dropped then.
    /// </summary>
    /// <value>From 1 ms to 30 days. Default 5 s.</value>
    [TimeRange("00:00:00.001", "30.00:00:00")]
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Time one write to an HTTP stream may wait for its peer, after which the peer is dropped. Null: the hub's ping interval
    /// and pong time-out together, a minute where it does not ping.
    /// </summary>
    /// <value>From 1 ms to 30 days, or null for the time of a ping and its pong. Default null.</value>
    [TimeRange("00:00:00.001", "30.00:00:00", Null = "the time of a ping and its pong")]
    public TimeSpan? WriteTimeout { get; set; }

    /// <summary>Rate of new connections to this node; further ones are answered with 503.</summary>
    /// <value>From 1 to 2,147,483,647 connections a second, or null for no limit. Default null.</value>
    [NumberRange(1, int.MaxValue, "connections a second", Null = "no limit")]
    public int? ConnectionRateLimit { get; set; }

    /// <summary>
    /// The header field in which a proxy in front of the server names the user it has authenticated. Such a client
    /// needs no token. Set it only where every request comes through that proxy and the proxy takes the field away from
    /// what clients send. Null, the default: none.
    /// </summary>
    public string? UserIdHeader { get; set; }

    /// <summary>Header fields of clients' requests that handlers find in <see cref="ClientContext.RequestHeaders"/>. Default: none.</summary>
    public IList<string> KeptHeaders { get; } = [];

    /// <summary>permessage-deflate on WebSockets (RFC 7692). Null, the default: nothing is compressed. A publication is compressed once for all.</summary>
    public DeflateOptions? Compression { get; set; }

    /// <summary>WebSockets, at <c>/connection/websocket</c>.</summary>
    public ClientEndpointOptions WebSocket { get; } = new("/connection/websocket");

    /// <summary>HTTP streams for clients whose network blocks WebSockets, at <c>/connection/http_stream</c>.</summary>
    public ClientEndpointOptions HttpStream { get; } = new("/connection/http_stream");

    /// <summary>Server-sent events for clients whose network blocks WebSockets, at <c>/connection/sse</c>.</summary>
    public ClientEndpointOptions Sse { get; } = new("/connection/sse");

    /// <summary>What clients of HTTP streams and server-sent events send commands to, at <c>/emulation</c>.</summary>
    public ClientEndpointOptions Emulation { get; } = new("/emulation");

    /// <summary>WebSockets for clients that only listen, at <c>/connection/uni_websocket</c>.</summary>
    public ClientEndpointOptions OneWayWebSocket { get; } = new("/connection/uni_websocket");

    /// <summary>HTTP streams for clients that only listen, at <c>/connection/uni_http_stream</c>.</summary>
    public ClientEndpointOptions OneWayHttpStream { get; } = new("/connection/uni_http_stream");

    /// <summary>Server-sent events for clients that only listen, at <c>/connection/uni_sse</c>.</summary>
    public ClientEndpointOptions OneWaySse { get; } = new("/connection/uni_sse");

    /// <summary>
    /// How connections of one-way clients end, which cannot be told of an error, by the code of the error with which
    /// connecting failed. Default: 109 and 110 end with 3005, 111 with 3013, 103 with 3507, all others with 3004.
    /// </summary>
    public IDictionary<uint, Disconnect> OneWayDisconnects { get; } = new Dictionary<uint, Disconnect>();

    /// <summary>What is known of a client from its request.</summary>
    internal ClientFeatures Know(ClientFeatures client, in UpgradeContext request, HttpContextUser? user)
    {
        if (UserIdHeader is not null || KeptHeaders.Count > 0) client = Know(client, request.CopyHeaders().GetValueOrDefault);
        return user is null ? client : user.AddTo(client, request.User);
    }

    /// <inheritdoc cref="Know(ClientFeatures, in UpgradeContext, HttpContextUser?)"/>
    internal ClientFeatures Know(ClientFeatures client, HttpContext request, HttpContextUser? user)
    {
        client = Know(client, name => request.Request.Headers[name].ToString());
        return user is null ? client : user.AddTo(client, request.User);
    }

    private ClientFeatures Know(ClientFeatures client, Func<string, string?> header) => client with
    {
        User = UserIdHeader is null ? null : header(UserIdHeader),
        Headers = KeptHeaders.Count == 0
            ? client.Headers
            : KeptHeaders.Where(name => !string.IsNullOrEmpty(header(name))).ToDictionary(static name => name, name => header(name)!, StringComparer.OrdinalIgnoreCase),
    };

    internal TimeSpan WriteTimeoutOf(HubOptions hub) =>
        WriteTimeout ?? (hub.PingInterval + hub.PongTimeout ?? WriteTimeoutWithoutPings);

    /// <summary>Reports every value that is out of its range.</summary>
    /// <param name="faults">Receives the faults.</param>
    public void Check(OptionFaults faults)
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
