namespace Duplex.Messaging.Commands;

/// <summary>The result of a connection's refresh.</summary>
internal sealed class RefreshResult : Result
{
    /// <summary>The connection's id.</summary>
    public string Client { get; init; } = "";

    /// <summary>The server's version, for display.</summary>
    public string Version { get; init; } = "";

    /// <summary>Whether the connection expires again.</summary>
    public bool Expires { get; init; }

    /// <summary>Seconds until the connection expires.</summary>
    public uint TtlSeconds { get; init; }
}
