using System.Net;
using System.Net.Security;
using Duplex.Configuration;
using Duplex.Protocol.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duplex.WebSockets.Client;

/// <summary>
/// Represents the options of a client. Immutable: connections can share one instance. A value out of its range throws an
/// <see cref="ArgumentException"/> on connecting.
/// </summary>
public sealed record WebSocketClientOptions
{
    /// <summary>The default options.</summary>
    public static WebSocketClientOptions Default { get; } = new();

    /// <summary>
    /// Largest message accepted, after reassembly and inflation; a larger one ends the connection with 1009. Messages that
    /// are read as streams are not held in memory, so the limit may be as large as needed.
    /// </summary>
    /// <value>From 0 to 2,147,483,647 bytes. Default 16,777,216.</value>
    [NumberRange(0, int.MaxValue, "bytes")]
    public int MaxMessageBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Most fragments accepted in one message; more end the connection with 1008.</summary>
    /// <value>From 1 to 2,147,483,647 fragments. Default 65,536.</value>
    [NumberRange(1, int.MaxValue, "fragments")]
    public int MaxFragments { get; init; } = 64 * 1024;

    /// <summary>
    /// The options of permessage-deflate that are offered to the server (RFC 7692), or null, the default, for no
    /// compression.
    /// </summary>
    public DeflateOptions? Compression { get; init; }

    /// <summary>The offered subprotocols, different tokens in order of preference. Default none. RFC 6455 section 1.9.</summary>
    public IReadOnlyList<string> Subprotocols { get; init; } = [];

    /// <summary>Additional fields of the request, such as Authorization or Origin. Default none.</summary>
    /// <remarks>
    /// A field that the handshake itself sets, or an illegal name or value, throws an <see cref="ArgumentException"/> on
    /// connecting.
    /// </remarks>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Time from the call to the open connection, which covers name resolution, TCP, proxy, TLS and handshake.</summary>
    /// <value>From 1 ms to 30 days, or null for no bound. Default 15 s.</value>
    [TimeRange("00:00:00.001", "30.00:00:00", Null = "no bound")]
    public TimeSpan? ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Time between pings. The default keeps most proxies' idle time-outs (60 s and up) from firing.</summary>
    /// <value>From 1 ms to 30 days, or null for no pings. Default 25 s.</value>
    [TimeRange("00:00:00.001", "30.00:00:00", Null = "no pings")]
    public TimeSpan? PingInterval { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>
    /// Time after a ping within which any byte must arrive; otherwise the connection is dropped. At most
    /// <see cref="PingInterval"/>. The default is that of servers, <see cref="Hosting.WebSocketConnectionOptions.PongTimeout"/>.
    /// </summary>
    /// <value>From 1 ms to 30 days, or null for no bound. Default 8 s.</value>
    [TimeRange("00:00:00.001", "30.00:00:00", Null = "no bound")]
    public TimeSpan? PongTimeout { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Time from a message's first byte to its last; longer ends the connection with 1008.</summary>
    /// <value>From 1 ms to 30 days, or null for no bound. Default 2 min.</value>
    [TimeRange("00:00:00.001", "30.00:00:00", Null = "no bound")]
    public TimeSpan? MessageTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Time from the local close frame to the server's, and then to the end of the transport.</summary>
    /// <value>From 1 ms to 30 days. Default 5 s.</value>
    [TimeRange("00:00:00.001", "30.00:00:00")]
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>An HTTP proxy to connect through (RFC 9110 section 9.3.6), such as <c>http://proxy.example:3128</c>. Default null: none.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>The user name and password for the proxy (Basic, RFC 7617), sent with the first request. Default null.</summary>
    public NetworkCredential? ProxyCredentials { get; init; }

    /// <summary>
    /// The TLS settings for <c>wss</c>, or null for the platform's defaults. An absent host name is set to that of the
    /// address.
    /// </summary>
    public SslClientAuthenticationOptions? Tls { get; init; }

    /// <summary>
    /// Bytes of received messages that wait for the application, above which the connection stops reading from the network,
    /// so that TCP applies backpressure to the server. One message of any accepted size always fits.
    /// </summary>
    /// <value>From 1 to 2,147,483,647 bytes. Default 1,048,576.</value>
    [NumberRange(1, int.MaxValue, "bytes")]
    public int MaxReceiveQueueBytes { get; init; } = 1024 * 1024;

    /// <summary>Bytes queued for sending above which a send waits until half of them have left.</summary>
    /// <value>From 1 to 2,147,483,647 bytes. Default 65,536.</value>
    [NumberRange(1, int.MaxValue, "bytes")]
    public int SendHighWaterBytes { get; init; } = 64 * 1024;

    /// <summary>
    /// The source of the masking key of each frame, which must be a strong source of randomness (RFC 6455 section 10.3);
    /// null, the default, uses the system's. It is called by one thread at a time for each connection.
    /// </summary>
    public Func<uint>? MaskingKeys { get; init; }

    /// <summary>The clock of time-outs and pings. Default is the system's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The factory of the loggers. Default is no logging.</summary>
    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;
}
