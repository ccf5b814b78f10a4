namespace Duplex.WebSockets.Client;

/// <summary>Specifies the step at which opening a connection failed.</summary>
public enum ConnectFailure
{
    /// <summary>The host was not found, did not accept the connection, or dropped it during the handshake.</summary>
    Network,

    /// <summary>The TLS handshake failed, or the certificate was rejected.</summary>
    Tls,

    /// <summary>The proxy refused the tunnel; with status 407 it requires credentials, or other ones.</summary>
    Proxy,

    /// <summary>The server's response does not open a WebSocket; the exception has its status and fault.</summary>
    Handshake,

    /// <summary>The connection was not open within <see cref="WebSocketClientOptions.ConnectTimeout"/>.</summary>
    Timeout,
}
