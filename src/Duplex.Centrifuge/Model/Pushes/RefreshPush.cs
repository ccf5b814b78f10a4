namespace Duplex.Centrifuge.Model.Pushes;

/// <summary>The server refreshed the connection.</summary>
public sealed class RefreshPush(bool expires, uint ttlSeconds) : Push
{
    /// <summary>Whether the connection expires.</summary>
    public bool Expires { get; } = expires;

    /// <summary>Seconds until it does.</summary>
    public uint TtlSeconds { get; } = ttlSeconds;
}
