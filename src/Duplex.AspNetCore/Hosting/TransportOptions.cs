using Duplex.Messaging;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Protocol.Extensions;
using Duplex.WebSockets.Hosting;

namespace Duplex.AspNetCore.Hosting;

/// <summary>What the client endpoints allow.</summary>
public sealed class TransportOptions
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(30);
    private static readonly TimeSpan WriteTimeoutWithoutPings = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Origins of pages that may connect, such as <c>https://example.org</c>; <c>*</c> allows all. Empty, the default,
    /// allows the server's own origin. Clients that send no origin are no browsers and pass. Pages that only <c>*</c> lets
    /// in may not read answers that browsers fetched with cookies.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>Largest message or request body accepted, in bytes. Default 65,536.</summary>
    public int MaxMessageBytes { get; set; } = 64 * 1024;

    /// <summary>
    /// Time from the first byte of a message or request body to its last; longer closes a WebSocket with 1008 and is
    /// answered with 408 otherwise. Default 30 s; above zero, at most 30 days.
    /// </summary>
    public TimeSpan MessageTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Time from the end of a client to that of its connection, for what is still to be sent to arrive; a peer that does
    /// not read is dropped then. Default 5 s; above zero, at most 30 days.
    /// </summary>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Time one write to an HTTP stream may wait for its peer, after which the peer is dropped. Null, the default: the
    /// hub's ping interval and pong time-out together, a minute where it does not ping; otherwise above zero, at most 30 days.
    /// </summary>
    public TimeSpan? WriteTimeout { get; set; }

    /// <summary>New connections a second this node takes; further ones are answered with 503. Default 0: any number.</summary>
    public int ConnectionRateLimit { get; set; }

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
    internal ClientFeatures Know(ClientFeatures client, in UpgradeContext request) =>
        UserIdHeader is null && KeptHeaders.Count == 0 ? client : Know(client, request.CopyHeaders().GetValueOrDefault);

    /// <inheritdoc cref="Know(ClientFeatures, in UpgradeContext)"/>
    internal ClientFeatures Know(ClientFeatures client, Func<string, string?> header) => client with
    {
        User = UserIdHeader is null ? null : header(UserIdHeader),
        Headers = KeptHeaders.Count == 0
            ? client.Headers
            : KeptHeaders.Where(name => !string.IsNullOrEmpty(header(name))).ToDictionary(static name => name, name => header(name)!, StringComparer.OrdinalIgnoreCase),
    };

    internal TimeSpan WriteTimeoutOf(HubOptions hub) =>
        WriteTimeout ?? (hub.PingInterval > TimeSpan.Zero ? hub.PingInterval + hub.PongTimeout : WriteTimeoutWithoutPings);

    /// <exception cref="ArgumentOutOfRangeException">A time is not within its range.</exception>
    internal void Validate()
    {
        Check(MessageTimeout, nameof(MessageTimeout));
        Check(CloseTimeout, nameof(CloseTimeout));
        if (WriteTimeout is { } write) Check(write, nameof(WriteTimeout));

        static void Check(TimeSpan value, string name)
        {
            if (value <= TimeSpan.Zero || value > LongestTimeout) throw new ArgumentOutOfRangeException(name, value, "A time above zero and of at most 30 days is expected.");
        }
    }

    internal DeflateOptions? CompressionOf(ClientEndpointOptions endpoint) => endpoint.Compression ?? Compression;

    internal int MaxBytesOf(ClientEndpointOptions endpoint) => endpoint.MaxBytes ?? MaxMessageBytes;
}
