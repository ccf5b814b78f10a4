using Duplex.Configuration;
using Duplex.Server.Proxies;

namespace Duplex.Server.Configuration;

/// <summary>The table of the options of calls to the backend.</summary>
internal static class ProxyOptionTable
{
    /// <summary>The options outside lists.</summary>
    public static IReadOnlyList<Option<ServerSettings>> All { get; } =
    [
        Option.Bool<ServerSettings>("client.proxy.connect.enabled", (s, v) => s.Proxies.Connect.IsEnabled = v),
        .. Proxy<ServerSettings>("client.proxy.connect.", s => s.Proxies.Connect),
        Option.Bool<ServerSettings>("client.proxy.refresh.enabled", (s, v) => s.Proxies.Refresh.IsEnabled = v),
        .. Proxy<ServerSettings>("client.proxy.refresh.", s => s.Proxies.Refresh),
        .. Proxy<ServerSettings>("channel.proxy.subscribe.", s => s.Proxies.Subscribe),
        .. Proxy<ServerSettings>("channel.proxy.publish.", s => s.Proxies.Publish),
        .. Proxy<ServerSettings>("channel.proxy.sub_refresh.", s => s.Proxies.SubRefresh),
        .. Proxy<ServerSettings>("channel.proxy.map_publish.", s => s.Proxies.MapPublish),
        .. Proxy<ServerSettings>("channel.proxy.map_remove.", s => s.Proxies.MapRemove),
        .. Proxy<ServerSettings>("channel.proxy.shared_poll_refresh.", s => s.Proxies.SharedPoll),
        .. Proxy<ServerSettings>("rpc.proxy.", s => s.Proxies.Rpc),
        Option.Word<ServerSettings>("rpc.namespace_boundary", (s, v) => s.Proxies.MethodBoundary = v),
    ];

    /// <summary>The options of a named proxy.</summary>
    public static IReadOnlyList<Option<ProxySettings>> Named { get; } = [.. Proxy<ProxySettings>("", static proxy => proxy)];

    /// <summary>The options of a channel namespace.</summary>
    public static IReadOnlyList<Option<ChannelProxies>> Channels { get; } =
    [
        .. Use<ChannelProxies>("subscribe_", c => c.Subscribe),
        .. Use<ChannelProxies>("publish_", c => c.Publish),
        .. Use<ChannelProxies>("sub_refresh_", c => c.SubRefresh),
        .. Use<ChannelProxies>("map.publish_", c => c.MapPublish),
        .. Use<ChannelProxies>("map.remove_", c => c.MapRemove),
        Option.Word<ChannelProxies>("shared_poll.proxy_name", (c, v) => c.SharedPoll.Name = v),
    ];

    /// <summary>The options of a method namespace.</summary>
    public static IReadOnlyList<Option<ProxyUse>> Methods { get; } = [.. Use<ProxyUse>("", static use => use)];

    private static IEnumerable<Option<T>> Use<T>(string prefix, Func<T, ProxyUse> of) =>
    [
        Option.Bool<T>($"{prefix}proxy_enabled", (t, v) => of(t).IsEnabled = v),
        Option.Word<T>($"{prefix}proxy_name", (t, v) => of(t).Name = v),
    ];

    private static IEnumerable<Option<T>> Proxy<T>(string prefix, Func<T, ProxySettings> of) =>
    [
        Option.Address<T>($"{prefix}endpoint", (t, v) => of(t).Endpoint = v),
        Option.Duration<T>($"{prefix}timeout", OptionRange.OfTime<ProxySettings>(nameof(ProxySettings.Timeout)), (t, v) => of(t).Timeout = v),
        Option.FieldNames<T>($"{prefix}http_headers", (t, v) => of(t).HttpHeaders = v),
        Option.FieldNames<T>($"{prefix}emulated_headers", (t, v) => of(t).EmulatedHeaders = v),
        Option.Fields<T>($"{prefix}http.static_headers", (t, v) => of(t).StaticHeaders = v),
        Option.Objects<T, StatusTransform>(
            $"{prefix}http.status_to_code_transforms", TransformReader.StatusExpected, TransformReader.Status, (t, v) => of(t).StatusTransforms = v),
        Option.Bool<T>($"{prefix}binary_encoding", (t, v) => of(t).IsBinary = v),
        Option.Bool<T>($"{prefix}include_connection_meta", (t, v) => of(t).IncludesMeta = v),
        .. RefusedOptionTable.Proxy<T>(prefix),
    ];
}
