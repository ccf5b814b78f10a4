namespace Duplex.Server.Proxies;

/// <summary>Whether a question is asked in a namespace, and of which proxy.</summary>
internal sealed class ProxyUse
{
    /// <summary>The name of the proxy that has no name of its own: the one under <c>channel.proxy</c> or <c>rpc.proxy</c>.</summary>
    public const string DefaultName = "default";

    public bool IsEnabled { get; set; }

    public string Name { get; set; } = DefaultName;
}
