namespace Duplex.Server.Proxies;

/// <summary>What the backend is asked about in the channels of one namespace.</summary>
internal sealed class ChannelProxies
{
    public bool Subscribe { get; set; }

    public bool Publish { get; set; }

    public bool SubRefresh { get; set; }

    /// <summary>The values of the keys that clients track.</summary>
    public bool SharedPoll { get; set; }
}
