using System.Net;
using System.Net.Security;
using Duplex.WebSockets.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duplex.WebSockets.Client;

/// <summary>How a client connects. Immutable: share one instance between connections.</summary>
public sealed record WebSocketClientOptions
{
    /// <summary>The defaults.</summary>
    public static WebSocketClientOptions Default { get; } = new();

    /// <summary>
    /// Limits and time-outs of the connection, the subprotocols offered in order of preference, and the compression
    /// offered. Its origins and its limit of the send queue do not apply: a send waits instead.
    /// </summary>
    public WebSocketConnectionOptions Connection { get; init; } = WebSocketConnectionOptions.Default;

    /// <summary>Further fields of the request, such as Authorization or Origin. Default none.</summary>
    /// <remarks>A field that the handshake sets itself, or a name or value that is not legal, is refused with an <see cref="ArgumentException"/> on connecting.</remarks>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Time from the call to the open connection: name, TCP, proxy, TLS and handshake together. Default 15 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>An HTTP proxy to connect through (RFC 9110 section 9.3.6), such as <c>http://proxy.example:3128</c>. Default null: none.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>User name and password for the proxy (Basic, RFC 7617), sent with the first request. Default null.</summary>
    public NetworkCredential? ProxyCredentials { get; init; }

    /// <summary>TLS settings for <c>wss</c>, or null for the platform's defaults. The host's name is filled in where it is missing.</summary>
    public SslClientAuthenticationOptions? Tls { get; init; }

    /// <summary>
    /// Bytes of received messages that wait for the application, above which nothing more is read from the network:
    /// the server is then held up by TCP. Default 1 MiB. One message of any permitted size always fits.
    /// </summary>
    public int ReceiveQueueBytes { get; init; } = 1024 * 1024;

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
