namespace Duplex.Messaging.Commands;

/// <summary>The connection is accepted. Also the content of the connect push of one-way transports.</summary>
public sealed class ConnectResult : Result
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

    /// <summary>The server-side subscriptions. Publications flow once the result is activated.</summary>
    public IReadOnlyList<SubscribeResult> Subscriptions { get; init; } = [];

    /// <summary>The longest time between two pings of the server; 0 when it sends none.</summary>
    public uint PingSeconds { get; init; }

    /// <summary>Whether the client must answer pings.</summary>
    public bool Pong { get; init; }

    /// <summary>The secret that lets HTTP posts speak for this connection; null where the transport needs none.</summary>
    public string? Session { get; init; }

    /// <summary>The node that holds the connection; null where the transport needs none.</summary>
    public string? Node { get; init; }

    /// <summary>The server's clock in Unix milliseconds; 0 leaves it out.</summary>
    public long TimeMs { get; init; }
}
