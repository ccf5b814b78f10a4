namespace Duplex.Messaging.Commands;

/// <summary>The result of an accepted connection. Also the content of the connect push of one-way transports.</summary>
internal sealed class ConnectResult : Result
{
    /// <summary>The id of the connection.</summary>
    public string Client { get; init; } = "";

    /// <summary>The version of the server, for display.</summary>
    public string Version { get; init; } = "";

    /// <summary>Whether the client itself must refresh within <see cref="TtlSeconds"/>.</summary>
    public bool Expires { get; init; }

    /// <summary>Seconds until the connection expires; 0 when the client need not refresh.</summary>
    public uint TtlSeconds { get; init; }

    /// <summary>Custom data of the connect handler; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The server-side subscriptions. Publications are delivered once the result is activated.</summary>
    public IReadOnlyList<SubscribeResult> Subscriptions { get; init; } = [];

    /// <summary>Maximum time in seconds between two pings of the server; 0 when it sends none.</summary>
    public uint PingSeconds { get; init; }

    /// <summary>Whether the client must answer pings.</summary>
    public bool Pong { get; init; }

    /// <summary>The secret that authorizes HTTP posts for this connection; null when the transport needs none.</summary>
    public string? Session { get; init; }

    /// <summary>The id of the node that holds the connection; null when the transport needs none.</summary>
    public string? Node { get; init; }

    /// <summary>The server's time in Unix milliseconds; 0 when it is not included.</summary>
    public long TimeMs { get; init; }
}
