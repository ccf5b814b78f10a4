namespace Duplex.Server.Proxies;

/// <summary>Everything the backend may be asked.</summary>
internal sealed class ProxySet
{
    public ProxySettings Connect { get; } = new();

    public ProxySettings Refresh { get; } = new();

    public ProxySettings Subscribe { get; } = new();

    public ProxySettings Publish { get; } = new();

    public ProxySettings SubRefresh { get; } = new();

    public ProxySettings SharedPoll { get; } = new();

    public ProxySettings Rpc { get; } = new();

    /// <summary>What is asked by namespace; the empty name stands for channels without one.</summary>
    public Dictionary<string, ChannelProxies> Channels { get; } = new(StringComparer.Ordinal);

    /// <summary>Which methods are answered, by namespace; the empty name stands for methods without one.</summary>
    public Dictionary<string, MethodProxies> Methods { get; } = new(StringComparer.Ordinal);

    /// <summary>Header fields of clients' requests that some question passes on.</summary>
    public IEnumerable<string> KeptHeaders =>
        ((ProxySettings[])[Connect, Refresh, Subscribe, Publish, SubRefresh, Rpc]).SelectMany(static proxy => proxy.HttpHeaders).Distinct(StringComparer.OrdinalIgnoreCase);

    public bool AnswersMethods => Methods.Values.Any(static method => method.IsEnabled);

    /// <summary>What is asked about a namespace; nothing at first.</summary>
    public ChannelProxies Of(string name)
    {
        if (!Channels.TryGetValue(name, out var channel)) Channels[name] = channel = new ChannelProxies();
        return channel;
    }

    /// <summary>Whether a namespace of methods is answered; not at first.</summary>
    public MethodProxies MethodsOf(string name)
    {
        if (!Methods.TryGetValue(name, out var methods)) Methods[name] = methods = new MethodProxies();
        return methods;
    }

    /// <summary>The switches that need an address and have none, each with both paths.</summary>
    public IEnumerable<string> Faults()
    {
        (ProxySettings Proxy, string Path, bool IsUsed)[] uses =
        [
            (Connect, "client.proxy.connect", Connect.IsEnabled),
            (Refresh, "client.proxy.refresh", Refresh.IsEnabled),
            (Subscribe, "channel.proxy.subscribe", Channels.Values.Any(static channel => channel.Subscribe)),
            (Publish, "channel.proxy.publish", Channels.Values.Any(static channel => channel.Publish)),
            (SubRefresh, "channel.proxy.sub_refresh", Channels.Values.Any(static channel => channel.SubRefresh)),
            (SharedPoll, "channel.proxy.shared_poll_refresh", Channels.Values.Any(static channel => channel.SharedPoll)),
            (Rpc, "rpc.proxy", AnswersMethods),
        ];
        return uses.Where(static use => use.IsUsed && use.Proxy.Endpoint is null).Select(static use => $"{use.Path}.endpoint is missing: the proxy is enabled.");
    }
}
