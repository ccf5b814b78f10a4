namespace Duplex.Centrifuge.Model.Pushes;

/// <summary>Reports that the server refreshed the connection.</summary>
internal sealed class RefreshPush(bool expires, uint ttlSeconds) : Push
{
    /// <summary>Whether the connection expires.</summary>
    public bool Expires { get; } = expires;

    /// <summary>The time until the connection expires, in seconds.</summary>
    public uint TtlSeconds { get; } = ttlSeconds;
}
