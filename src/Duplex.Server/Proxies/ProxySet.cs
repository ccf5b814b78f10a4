namespace Duplex.Server.Proxies;

/// <summary>The proxies of a configuration and the namespaces that use them.</summary>
internal sealed class ProxySet
{
    public ProxySettings Connect { get; } = new();

    public ProxySettings Refresh { get; } = new();

    public ProxySettings Subscribe { get; } = new();

    public ProxySettings Publish { get; } = new();

    public ProxySettings SubRefresh { get; } = new();

    public ProxySettings MapPublish { get; } = new();

    public ProxySettings MapRemove { get; } = new();

    public ProxySettings SharedPoll { get; } = new();

    public ProxySettings Rpc { get; } = new();

    /// <summary>The proxies that namespaces select by name.</summary>
    public Dictionary<string, ProxySettings> ByName { get; } = new(StringComparer.Ordinal);

    /// <summary>The backend calls of channels, by namespace; the empty name is for channels without a namespace.</summary>
    public Dictionary<string, ChannelProxies> Channels { get; } = new(StringComparer.Ordinal);

    /// <summary>The proxies of methods, by namespace; the empty name is for methods without a namespace.</summary>
    public Dictionary<string, ProxyUse> Methods { get; } = new(StringComparer.Ordinal);

    /// <summary>The separator between a method's namespace and the rest of its name.</summary>
    public string MethodBoundary { get; set; } = ":";

    /// <summary>The header fields of clients' requests that at least one proxy forwards.</summary>
    public IEnumerable<string> KeptHeaders =>
        ((ProxySettings[])[Connect, Refresh, Subscribe, Publish, SubRefresh, MapPublish, MapRemove, Rpc, .. ByName.Values])
            .SelectMany(static proxy => proxy.HttpHeaders).Distinct(StringComparer.OrdinalIgnoreCase);

    public bool AnswersMethods => Methods.Values.Any(static method => method.IsEnabled);

    /// <summary>Returns the backend calls of a channel namespace; a new one enables none.</summary>
    public ChannelProxies Of(string name)
    {
        if (!Channels.TryGetValue(name, out var channel)) Channels[name] = channel = new ChannelProxies();
        return channel;
    }

    /// <summary>Returns the proxy of a method namespace; a new one is disabled.</summary>
    public ProxyUse MethodsOf(string name)
    {
        if (!Methods.TryGetValue(name, out var methods)) Methods[name] = methods = new ProxyUse();
        return methods;
    }

    /// <summary>Returns the proxy of a name, and creates it when it does not exist.</summary>
    public ProxySettings Named(string name)
    {
        if (!ByName.TryGetValue(name, out var proxy)) ByName[name] = proxy = new ProxySettings();
        return proxy;
    }

    /// <summary>Returns the proxy that a namespace uses: <paramref name="standard"/>, unless it names another.</summary>
    public ProxySettings Find(ProxyUse use, ProxySettings standard) => use.Name == ProxyUse.DefaultName ? standard : ByName[use.Name];

    /// <summary>Returns the faults of proxies, such as a missing endpoint, each with the path of its option.</summary>
    public IEnumerable<string> Faults()
    {
        if (ByName.ContainsKey(ProxyUse.DefaultName)) yield return $"proxies: \"{ProxyUse.DefaultName}\" is reserved for the proxies under channel.proxy and rpc.proxy.";
        foreach (var (name, _) in ByName.Where(static proxy => proxy.Value.Endpoint is null)) yield return $"proxies: \"{name}\" has no endpoint.";
        foreach (var (_, path) in Clients().Where(static client => client.Used is { IsEnabled: true, Endpoint: null })) yield return Missing(path);
        var uses = Uses().Where(static use => use.Use.IsEnabled).ToList();
        foreach (var use in uses.Where(use => use.Use.Name != ProxyUse.DefaultName && !ByName.ContainsKey(use.Use.Name)))
        {
            yield return $"{use.Option}: no proxy is named \"{use.Use.Name}\" in proxies.";
        }

        foreach (var path in uses.Where(static use => use.Use.Name == ProxyUse.DefaultName && use.Standard.Endpoint is null).Select(static use => use.Path).Distinct())
        {
            yield return Missing(path);
        }

        static string Missing(string path) => $"{path}.endpoint is missing: the proxy is enabled.";
    }

    private IEnumerable<(ProxySettings Used, string Path)> Clients() => [(Connect, "client.proxy.connect"), (Refresh, "client.proxy.refresh")];

    private IEnumerable<(ProxyUse Use, string Option, ProxySettings Standard, string Path)> Uses()
    {
        foreach (var (name, channels) in Channels)
        {
            yield return (channels.Subscribe, Option(name, "subscribe_proxy_name"), Subscribe, "channel.proxy.subscribe");
            yield return (channels.Publish, Option(name, "publish_proxy_name"), Publish, "channel.proxy.publish");
            yield return (channels.SubRefresh, Option(name, "sub_refresh_proxy_name"), SubRefresh, "channel.proxy.sub_refresh");
            yield return (channels.MapPublish, Option(name, "map.publish_proxy_name"), MapPublish, "channel.proxy.map_publish");
            yield return (channels.MapRemove, Option(name, "map.remove_proxy_name"), MapRemove, "channel.proxy.map_remove");
            yield return (channels.SharedPoll, Option(name, "shared_poll.proxy_name"), SharedPoll, "channel.proxy.shared_poll_refresh");
        }

        foreach (var (name, methods) in Methods)
        {
            yield return (methods, name.Length == 0 ? "rpc.without_namespace.proxy_name" : $"rpc.namespaces, \"{name}\": proxy_name", Rpc, "rpc.proxy");
        }

        static string Option(string name, string option) =>
            name.Length == 0 ? $"channel.without_namespace.{option}" : $"channel.namespaces, \"{name}\": {option}";
    }
}
