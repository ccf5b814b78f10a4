using Duplex.Server.Proxies;

namespace Duplex.Server.Configuration;

/// <summary>The options of what the backend is asked.</summary>
internal static class ProxyOptionTable
{
    private const string OnlyProxy = "default";

    /// <summary>Options of the server.</summary>
    public static IReadOnlyList<Option<ServerSettings>> All { get; } =
    [
        Option.Bool<ServerSettings>("client.proxy.connect.enabled", (s, v) => s.Proxies.Connect.IsEnabled = v),
        .. Proxy("client.proxy.connect", p => p.Connect),
        Option.Bool<ServerSettings>("client.proxy.refresh.enabled", (s, v) => s.Proxies.Refresh.IsEnabled = v),
        .. Proxy("client.proxy.refresh", p => p.Refresh),
        .. Proxy("channel.proxy.subscribe", p => p.Subscribe),
        .. Proxy("channel.proxy.publish", p => p.Publish),
        .. Proxy("channel.proxy.sub_refresh", p => p.SubRefresh),
        .. Proxy("channel.proxy.shared_poll_refresh", p => p.SharedPoll),
        .. Proxy("rpc.proxy", p => p.Rpc),
        Option.Fixed<ServerSettings>("rpc.namespace_boundary", ":"),
    ];

    /// <summary>Options of a namespace of channels.</summary>
    public static IReadOnlyList<Option<ChannelProxies>> Channels { get; } =
    [
        Option.Bool<ChannelProxies>("subscribe_proxy_enabled", (c, v) => c.Subscribe = v),
        Option.Fixed<ChannelProxies>("subscribe_proxy_name", OnlyProxy),
        Option.Bool<ChannelProxies>("publish_proxy_enabled", (c, v) => c.Publish = v),
        Option.Fixed<ChannelProxies>("publish_proxy_name", OnlyProxy),
        Option.Bool<ChannelProxies>("sub_refresh_proxy_enabled", (c, v) => c.SubRefresh = v),
        Option.Fixed<ChannelProxies>("sub_refresh_proxy_name", OnlyProxy),
    ];

    /// <summary>Options of a namespace of methods.</summary>
    public static IReadOnlyList<Option<MethodProxies>> Methods { get; } =
    [
        Option.Bool<MethodProxies>("proxy_enabled", (m, v) => m.IsEnabled = v),
        Option.Fixed<MethodProxies>("proxy_name", OnlyProxy),
    ];

    private static IEnumerable<Option<ServerSettings>> Proxy(string path, Func<ProxySet, ProxySettings> of) =>
    [
        Option.Address<ServerSettings>($"{path}.endpoint", (s, v) => of(s.Proxies).Endpoint = v),
        Option.Duration<ServerSettings>($"{path}.timeout", (s, v) => of(s.Proxies).Timeout = v),
        Option.Texts<ServerSettings>($"{path}.http_headers", (s, v) => of(s.Proxies).HttpHeaders = v),
        Option.Texts<ServerSettings>($"{path}.emulated_headers", (s, v) => of(s.Proxies).EmulatedHeaders = v),
        Option.Pairs<ServerSettings>($"{path}.http.static_headers", (s, v) => of(s.Proxies).StaticHeaders = v),
        Option.Bool<ServerSettings>($"{path}.binary_encoding", (s, v) => of(s.Proxies).IsBinary = v),
        Option.Bool<ServerSettings>($"{path}.include_connection_meta", (s, v) => of(s.Proxies).IncludesMeta = v),
    ];
}
