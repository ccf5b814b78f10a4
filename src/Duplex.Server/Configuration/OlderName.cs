namespace Duplex.Server.Configuration;

/// <summary>
/// The option names of this protocol's servers from before options had sections, for which the current name cannot be derived from the words or does not exist.
/// </summary>
internal static class OlderName
{
    private const string WithoutNamespace = "channel.without_namespace.";

    /// <summary>The current option by older name, outside lists.</summary>
    public static IReadOnlyDictionary<string, string> Today { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["secret"] = "client.token.hmac_secret_key",
        ["anonymous"] = "client.allow_anonymous_connect_without_token",
        ["allow_anonymous"] = "client.allow_anonymous_connect_without_token",
        ["client_anonymous"] = "client.allow_anonymous_connect_without_token",
        ["namespaces"] = "channel.namespaces",
        ["engine"] = "engine.type",
        ["tls"] = "http_server.tls.enabled",
        ["tls_cert"] = "http_server.tls.cert_pem_file",
        ["tls_key"] = "http_server.tls.key_pem_file",
        ["disable_api"] = "http_api.disabled",
        ["insecure_api"] = "http_api.insecure",
        ["separate_subscription_token_config"] = "client.subscription_token.enabled",
        ["user_subscribe_to_personal"] = "client.subscribe_to_user_personal_channel.enabled",
        ["user_personal_channel_namespace"] = "client.subscribe_to_user_personal_channel.personal_channel_namespace",
        ["user_personal_single_connection"] = "client.subscribe_to_user_personal_channel.single_connection",
        ["client_request_max_size"] = "websocket.message_size_limit",
        ["client_presence_ping_interval"] = "client.presence_update_interval",
        ["websocket_ping_interval"] = "client.ping_interval",
        ["global_history_meta_ttl"] = "channel.history_meta_ttl",
        ["memory_history_meta_ttl"] = "channel.history_meta_ttl",
        ["redis_history_meta_ttl"] = "channel.history_meta_ttl",
        ["connect_proxy_name"] = "client.proxy.connect.enabled",
        ["refresh_proxy_name"] = "client.proxy.refresh.enabled",
        ["proxy_http_headers"] = "client.proxy.connect.http_headers",
        ["proxy_static_http_headers"] = "client.proxy.connect.http.static_headers",
        ["proxy_binary_encoding"] = "client.proxy.connect.binary_encoding",
        ["proxy_include_connection_meta"] = "client.proxy.connect.include_connection_meta",
    };

    /// <summary>The current option by older name, for options of a namespace.</summary>
    public static IReadOnlyDictionary<string, string> OfNamespace { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["history_ttl"] = "history_ttl",
        ["history_lifetime"] = "history_ttl",
        ["history_recover"] = "force_recovery",
        ["recover"] = "force_recovery",
        ["position"] = "force_positioning",
        ["publish"] = "allow_publish_for_client",
        ["subscribe_to_publish"] = "allow_publish_for_subscriber",
        ["anonymous"] = "allow_subscribe_for_anonymous",
        ["proxy_subscribe"] = "subscribe_proxy_enabled",
        ["proxy_publish"] = "publish_proxy_enabled",
    };

    // Older options denied permissions that current options grant, so no current name has the same meaning.
    private static readonly Dictionary<string, string> GoneOfNamespace = new(StringComparer.Ordinal)
    {
        ["protected"] = "subscribing needs an option or a token anyway. Leave it out.",
        ["server_side"] = "subscribing needs an option or a token anyway. Leave it out.",
        ["presence_disable_for_client"] = "reading presence needs an option anyway. Leave it out.",
        ["history_disable_for_client"] = "reading history needs an option anyway. Leave it out.",
    };

    // Prefixes of names outside lists, and the reason why no option replaces them.
    private static readonly (string Name, string Reason)[] Gone =
    [
        ("sockjs", "SockJS is not served: clients connect by websocket, http_stream or sse. Leave it out."),
        ("redis", "memory is the only engine. Leave it out."),
        ("nats", "memory is the only engine. Leave it out."),
        ("tarantool", "memory is the only engine. Leave it out."),
        ("tls_min_version", "the certificate and its key are the only choices of TLS. Leave it out."),
        ("tls_max_version", "the certificate and its key are the only choices of TLS. Leave it out."),
        ("name", "the server is one node without a name. Leave it out."),
        ("web", "there is no admin page. Leave it out."),
        ("insecure_admin", "there is no admin page. Leave it out."),
        ("proxy_grpc", "gRPC is not supported: use HTTP. Leave it out."),
        ("granular_proxy_mode", "proxies with names can always be used. Leave it out."),
        ("client_message_write_timeout", "client.write_timeout bounds a write. Leave it out."),
        ("client_presence_expire_interval", "presence ends with the connection. Leave it out."),
        ("shutdown_termination_delay", "shutdown.timeout bounds the end of the process. Leave it out."),
        ("skip_user_check_in_subscription_token", "the user of a subscription token is always checked. Leave it out."),
        ("use_client_protocol_v1_by_default", "there is one version of the protocol. Leave it out."),
        ("disable_client_protocol_v1", "there is one version of the protocol. Leave it out."),
        ("v3_use_offset", "there is one version of the protocol. Leave it out."),
        ("use_unlimited_history_by_default", "the request always sets the limit of history. Leave it out."),
    ];

    /// <summary>Returns whether no current option replaces a name.</summary>
    /// <param name="section">The path before the name, with a trailing dot; empty: none.</param>
    /// <param name="name">The name.</param>
    public static bool IsGone(string section, string name) => ReasonOf(section, name) is not null;

    /// <summary>Returns the option of channels without a namespace that replaces a name without a section; null: there is none.</summary>
    public static string? WithoutNamespaceOf(string name, IReadOnlySet<string> known) =>
        OfNamespace.TryGetValue(name, out var today) && known.Contains(WithoutNamespace + today) ? WithoutNamespace + today : null;

    /// <summary>Returns the reason why no option replaces a name; null: the name is not an older one.</summary>
    /// <param name="path">The name, prefixed by its path.</param>
    /// <param name="options">The options, including those of other servers, whose paths older names write with underscores.</param>
    public static string? ReasonOf(string path, IReadOnlyList<BoundOption> options)
    {
        var start = path.LastIndexOf('.') + 1;
        var (section, name) = (path[..start], path[start..]);
        return ReasonOf(section, name) ?? (start > 0 ? null : options.FirstOrDefault(option => option.IsForeign && (IsWithin(name, Flat(option.Name)) || IsWithin(name, Flat(option.Name[(option.Name.IndexOf('.', StringComparison.Ordinal) + 1)..]))))?.Reason);
    }

    private static string? ReasonOf(string section, string name) =>
        GoneOfNamespace.GetValueOrDefault(name) ?? (section.Length > 0 ? null : Gone.FirstOrDefault(gone => IsWithin(name, gone.Name)).Reason);

    private static bool IsWithin(string name, string section) => name == section || name.StartsWith(section + "_", StringComparison.Ordinal);

    private static string Flat(string path) => path.Replace('.', '_');
}
