namespace Duplex.Server.Proxies;

/// <summary>Whether the backend answers the methods of one namespace.</summary>
internal sealed class MethodProxies
{
    public bool IsEnabled { get; set; }
}
