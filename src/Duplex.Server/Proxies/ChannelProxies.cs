namespace Duplex.Server.Proxies;

/// <summary>What the backend is asked about in the channels of one namespace.</summary>
internal sealed class ChannelProxies
{
    public ProxyUse Subscribe { get; } = new();

    public ProxyUse Publish { get; } = new();

    public ProxyUse SubRefresh { get; } = new();

    /// <summary>Entries that clients publish to a map.</summary>
    public ProxyUse MapPublish { get; } = new();

    /// <summary>Entries that clients remove from a map.</summary>
    public ProxyUse MapRemove { get; } = new();

    /// <summary>The values of the keys that clients track.</summary>
    public ProxyUse SharedPoll { get; } = new();
}
