namespace Duplex.Server.Proxies;

/// <summary>The setting of one backend call in a namespace: whether it is enabled, and its proxy.</summary>
internal sealed class ProxyUse
{
    /// <summary>The name of the default proxy, which is configured under <c>channel.proxy</c> or <c>rpc.proxy</c>.</summary>
    public const string DefaultName = "default";

    public bool IsEnabled { get; set; }

    public string Name { get; set; } = DefaultName;
}
