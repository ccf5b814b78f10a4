namespace Duplex.Centrifuge.Model.Results;

/// <summary>The connection is accepted. Also the content of the connect push of one-way transports.</summary>
public sealed class ConnectResult : Result
{
    /// <summary>The connection's id.</summary>
    public string Client { get; init; } = "";

    /// <summary>The server's version, for display.</summary>
    public string Version { get; init; } = "";

    /// <summary>Whether the client itself must refresh within <see cref="TtlSeconds"/>.</summary>
    public bool Expires { get; init; }

    /// <summary>Seconds until the connection expires.</summary>
    public uint TtlSeconds { get; init; }

    /// <summary>The application's data; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Server-side subscriptions by channel; null when there are none.</summary>
    public IReadOnlyDictionary<string, SubscribeResult>? Subs { get; init; }

    /// <summary>The longest time between two pings of the server; 0 when it sends none.</summary>
    public uint PingSeconds { get; init; }

    /// <summary>Whether the client must answer pings.</summary>
    public bool Pong { get; init; }

    /// <summary>The secret that lets HTTP posts speak for this connection; null where the transport needs none.</summary>
    public string? Session { get; init; }

    /// <summary>The node that holds the connection; null where the transport needs none.</summary>
    public string? Node { get; init; }

    /// <summary>The server's clock in Unix milliseconds; 0 to leave it out.</summary>
    public long TimeMs { get; init; }
}
