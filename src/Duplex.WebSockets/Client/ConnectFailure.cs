namespace Duplex.WebSockets.Client;

/// <summary>The step at which opening a connection failed.</summary>
public enum ConnectFailure
{
    /// <summary>The host was not found, or did not accept the connection, or dropped it during the handshake.</summary>
    Network,

    /// <summary>TLS could not be set up, or the certificate was refused.</summary>
    Tls,

    /// <summary>The proxy refused; with status 407 it wants (other) credentials.</summary>
    Proxy,

    /// <summary>The server's answer does not open a WebSocket: the exception's status and fault say why.</summary>
    Handshake,

    /// <summary>It took longer than <see cref="WebSocketClientOptions.ConnectTimeout"/>.</summary>
    Timeout,
}
