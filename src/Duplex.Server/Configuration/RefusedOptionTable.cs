using Duplex.Messaging.Channels;

namespace Duplex.Server.Configuration;

/// <summary>The table of unsupported options of this protocol's other servers, each with the reason or its replacement. They are accepted when they are off.</summary>
internal static class RefusedOptionTable
{
    private const string NoGrpc = "gRPC is not supported: use HTTP.";
    private const string NoTuning = "buffers are not tuned by options.";
    private const string OneSecret = "keys are signed with one secret.";
    private const string OneNode = "the server is one node that keeps everything in its memory.";
    private const string NoBase64 = "PEM is not read from base64: set http_server.tls.cert_pem and key_pem, or cert_pem_file and key_pem_file. Leave it out.";
    private const string NoTlsChoice = "the certificate and its key are the only choices of TLS: leave it out.";

    /// <summary>The options outside lists.</summary>
    public static IReadOnlyList<Option<ServerSettings>> Server { get; } =
    [
        Section("http_server.http3", "HTTP/3 is not served."),
        OfServer("http_server.h2c_external", "HTTP/2 needs TLS: set http_server.tls."),
        Section("http_server.tls_autocert", "certificates are not fetched: set http_server.tls, or put a proxy in front."),
        OfServer("http_server.tls_external", "http_server.tls applies to http_server.port and never to http_server.internal_port: leave the option out."),
        Section("http_server.internal_tls", "http_server.internal_port is not encrypted: leave it out, and keep the port in a closed network."),
        OfServer("http_server.tls.server_ca_pem", NoTlsChoice),
        OfServer("http_server.tls.client_ca_pem", NoTlsChoice),
        OfServer("http_server.tls.server_ca_pem_b64", NoTlsChoice),
        OfServer("http_server.tls.server_ca_pem_file", NoTlsChoice),
        OfServer("http_server.tls.client_ca_pem_b64", NoTlsChoice),
        OfServer("http_server.tls.client_ca_pem_file", NoTlsChoice),
        OfServer("http_server.tls.cert_pem_b64", NoBase64),
        OfServer("http_server.tls.key_pem_b64", NoBase64),
        OfServer("http_server.tls.insecure_skip_verify", NoTlsChoice),
        OfServer("http_server.tls.server_name", NoTlsChoice),
        OfServer("log.file", "the log goes to the standard output."),
        Inert("websocket.write_timeout", "no write waits: clients that read slowly are bounded by client.queue_max_size and detected by client.pong_timeout."),
        Inert("websocket.compression_prepared_message_cache_size", "a publication is compressed once for all."),
        Inert("uni_websocket.compression_prepared_message_cache_size", "a publication is compressed once for all."),
        Inert("websocket.decompressed_message_size_limit", "websocket.message_size_limit also applies after decompression."),
        Inert("uni_websocket.decompressed_message_size_limit", "uni_websocket.message_size_limit also applies after decompression."),
        Inert("websocket.read_buffer_size", NoTuning),
        Inert("websocket.write_buffer_size", NoTuning),
        Inert("websocket.use_write_buffer_pool", NoTuning),
        Inert("uni_websocket.read_buffer_size", NoTuning),
        Inert("uni_websocket.write_buffer_size", NoTuning),
        Inert("uni_websocket.use_write_buffer_pool", NoTuning),
        Inert("uni_websocket.write_timeout", "no write waits: clients that read slowly are bounded by client.queue_max_size."),
        OfServer("uni_websocket.disable_closing_handshake", "the server sends a close frame, as RFC 6455 section 7 requires."),
        OfServer("uni_websocket.disable_disconnect_push", "the end of a one-way connection cannot be configured."),
        Inert("uni_websocket.join_push_messages", "each push is a message of its own."),
        Section("uni_sse.connect_code_to_http_response", "a client that is refused permanently is answered with 400, 401 or 403 without it, so that EventSource does not reconnect."),
        Section("uni_http_stream.connect_code_to_http_response", "a refused client receives a push, and its status is 200."),
        Inert("engine.redis", "memory is the only engine."),
        Inert("engine.memory", "memory needs no options."),
        Inert("node", "the server is one node without a name."),
        Inert("usage_stats", "the server reports nothing to third parties."),
        OfServer("pid_file", "no file is written: supervisors keep the process id."),
        Section("init", "there is no such endpoint: clients connect directly."),
        Section("uni_grpc", NoGrpc),
        Section("webtransport", "WebTransport is not served."),
        Section("grpc_api", NoGrpc),
        Section("admin", "there is no admin page."),
        Section("prometheus", "metrics are those of System.Diagnostics.Metrics, which .NET's own tools read."),
        Section("opentelemetry", "metrics are those of System.Diagnostics.Metrics, which .NET's own tools read."),
        Section("graphite", "metrics are those of System.Diagnostics.Metrics, which .NET's own tools read."),
        Section("swagger", "there is no page about the server API."),
        Section("dev", "there is no page for developers."),
        Section("debug", "there is no page for profiling."),
        Section("consumers", "queues are not consumed: publish through the server API."),
        OneNodeOnly("broker"),
        OneNodeOnly("presence_manager"),
        OneNodeOnly("map_broker"),
        OneNodeOnly("controller"),
        Inert("client.channel_position_max_time_lag", "positions are checked by offset, not by time."),
        Inert("client.token.insecure_skip_jwks_endpoint_safety_check", "addresses of key sets have no placeholders."),
        Inert("client.subscription_token.insecure_skip_jwks_endpoint_safety_check", "addresses of key sets have no placeholders."),
        Option.RefusedSection<ServerSettings>("channel.proxy.subscribe_stream", NoGrpc, "endpoint"),
        OfServer("shared_poll.hmac_previous_secret_key", OneSecret),
        OfServer("shared_poll.hmac_previous_secret_key_valid_until", OneSecret),
        OfServer("shared_poll.concurrency_limit", "shared_poll.refresh_batch_size and refresh_interval of a namespace bound the requests to the backend."),
        Inert("enable_unreleased_features", "every feature is released."),
    ];

    /// <summary>The options of a channel namespace.</summary>
    public static IReadOnlyList<Option<NamespaceOptions>> Channels { get; } =
    [
        OfChannel("subscribe_stream_proxy_enabled", NoGrpc),
        Option.Fixed<NamespaceOptions>("subscribe_stream_proxy_name", $"{NoGrpc} Leave it out.", "default"),
        OfChannel("subscribe_stream_proxy_bidirectional", NoGrpc),
        OfChannel("cache_empty_proxy_enabled", "the backend is not called for a state that is missing: let its subscribe proxy answer with data."),
        OfChannel("state_proxy_enabled", "the backend is not notified of channels."),
        Option.Inert<NamespaceOptions>("shared_position_sync", "each subscription's position is checked separately."),
        OfChannel("subscribe_cel", "expressions are not supported: call the backend with subscribe_proxy_enabled."),
        OfChannel("publish_cel", "expressions are not supported: call the backend with publish_proxy_enabled."),
        OfChannel("history_cel", "expressions are not supported."),
        OfChannel("presence_cel", "expressions are not supported."),
        OfChannel("client_publish_debounce_interval", "clients receive no interval between publications."),
        Option.Inert<NamespaceOptions>("map.live_transition_max_publication_limit", "map.stream_size bounds the changes for recovery."),
        Option.Inert<NamespaceOptions>("shared_poll.channel_shutdown_delay", "keys without trackers are not polled from then on."),
        Option.Inert<NamespaceOptions>("shared_poll.track_expired_extra_delay", "an expired signature remains valid for 5s."),
    ];

    /// <summary>Returns the options of a proxy.</summary>
    /// <param name="path">The path of the proxy's options, with a trailing dot.</param>
    public static IEnumerable<Option<T>> Proxy<T>(string path) =>
    [
        Option.Refused<T>($"{path}grpc", NoGrpc),
        Option.Refused<T>($"{path}grpc_metadata", NoGrpc),
        Option.Refused<T>($"{path}http.tls", "https uses the certificates that the system trusts."),
    ];

    private static Option<ServerSettings> Inert(string name, string reason) => Option.Inert<ServerSettings>(name, reason);

    private static Option<ServerSettings> Section(string name, string reason) => Option.RefusedSection<ServerSettings>(name, reason);

    // A section with type "memory" selects the supported engine.
    private static Option<ServerSettings> OneNodeOnly(string name) => Option.RefusedSection<ServerSettings>(name, OneNode, "type", "memory");

    private static Option<ServerSettings> OfServer(string name, string reason) => Option.Refused<ServerSettings>(name, reason);

    private static Option<NamespaceOptions> OfChannel(string name, string reason) => Option.Refused<NamespaceOptions>(name, reason);
}
