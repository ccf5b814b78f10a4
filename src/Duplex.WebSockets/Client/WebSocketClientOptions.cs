using System.Net;
using System.Net.Security;
using Duplex.Protocol.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duplex.WebSockets.Client;

/// <summary>
/// How a client connects, and what it accepts. Immutable: share one instance between connections. For a time,
/// <see cref="Timeout.InfiniteTimeSpan"/> means without bound; all others are more than zero and at most 24 days. A value out of range is
/// refused with an <see cref="ArgumentException"/> on connecting.
/// </summary>
public sealed record WebSocketClientOptions
{
    /// <summary>The defaults.</summary>
    public static WebSocketClientOptions Default { get; } = new();

    /// <summary>
    /// Largest message accepted, in bytes after reassembly and inflation; a larger one ends the connection with 1009. 0 or
    /// more; default 16 MiB. Messages that are read as streams are not held, so that it may be as large as is wanted.
    /// </summary>
    public int MaxMessageBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Most fragments of one message accepted; more end the connection with 1008. 1 or more; default 65,536.</summary>
    public int MaxFragments { get; init; } = 64 * 1024;

    /// <summary>permessage-deflate as it is offered to the server (RFC 7692), or null, the default: nothing is compressed.</summary>
    public DeflateOptions? Compression { get; init; }

    /// <summary>Subprotocols offered, in order of preference: different tokens. Default none. RFC 6455 section 1.9.</summary>
    public IReadOnlyList<string> Subprotocols { get; init; } = [];

    /// <summary>Further fields of the request, such as Authorization or Origin. Default none.</summary>
    /// <remarks>A field that the handshake sets itself, or a name or value that is not legal, is refused with an <see cref="ArgumentException"/> on connecting.</remarks>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Time from the call to the open connection: name, TCP, proxy, TLS and handshake together. Default 15 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Time between pings. Default 25 s, which keeps most proxies' idle time-outs (60 s and up) from firing.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>
    /// Time after a ping within which anything must arrive, or the server is taken for dead. Default 10 s; less than
    /// <see cref="PingInterval"/>.
    /// </summary>
    public TimeSpan PongTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time from a message's first byte to its last; longer ends the connection with 1008. Default 2 min.</summary>
    public TimeSpan MessageTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Time from our close frame to the server's, and then to the end of the transport. Default 5 s.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>An HTTP proxy to connect through (RFC 9110 section 9.3.6), such as <c>http://proxy.example:3128</c>. Default null: none.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>User name and password for the proxy (Basic, RFC 7617), sent with the first request. Default null.</summary>
    public NetworkCredential? ProxyCredentials { get; init; }

    /// <summary>TLS settings for <c>wss</c>, or null for the platform's defaults. The host's name is filled in where it is missing.</summary>
    public SslClientAuthenticationOptions? Tls { get; init; }

    /// <summary>
    /// Bytes of received messages that wait for the application, above which nothing more is read from the network:
    /// the server is then held up by TCP. 1 or more; default 1 MiB. One message of any permitted size always fits.
    /// </summary>
    public int ReceiveQueueBytes { get; init; } = 1024 * 1024;

    /// <summary>Bytes queued for sending above which a send waits for room: until half of it has left. 1 or more; default 65,536.</summary>
    public int SendQueueBytes { get; init; } = 64 * 1024;

    /// <summary>
    /// Gives the masking key of each frame. Must come from a strong source of randomness (RFC 6455 section 10.3); null,
    /// the default, takes the system's. Called by one thread at a time for each connection.
    /// </summary>
    public Func<uint>? MaskingKeys { get; init; }

    /// <summary>The clock of time-outs and pings. Default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where faults are logged. Default nowhere.</summary>
    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;
}
