namespace Duplex.Server.Proxies;

/// <summary>The backend calls that one channel namespace enables.</summary>
internal sealed class ChannelProxies
{
    public ProxyUse Subscribe { get; } = new();

    public ProxyUse Publish { get; } = new();

    public ProxyUse SubRefresh { get; } = new();

    /// <summary>The call for an entry that a client publishes to a map.</summary>
    public ProxyUse MapPublish { get; } = new();

    /// <summary>The call for an entry that a client removes from a map.</summary>
    public ProxyUse MapRemove { get; } = new();

    /// <summary>The call for the values of the keys that clients track.</summary>
    public ProxyUse SharedPoll { get; } = new();
}
