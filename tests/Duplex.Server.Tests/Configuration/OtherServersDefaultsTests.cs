using System.Collections;
using System.Text.Json.Nodes;
using Duplex.Server.CommandLine;
using Duplex.Server.Configuration;
using Duplex.Server.Tests.Running;

namespace Duplex.Server.Tests.Configuration;

/// <summary>An option of another server of this protocol that is at its default asks for nothing, alone or with all others.</summary>
public sealed class OtherServersDefaultsTests
{
    private const string Tls = """enabled=false cert_pem="" key_pem="" server_ca_pem="" client_ca_pem="" insecure_skip_verify=false server_name="" """;

    private const string Redis =
        """address=["redis://127.0.0.1:6379"] prefix="centrifugo" connect_timeout="1s" io_timeout="4s" db=0 user="" force_resp2=false cluster_address=null sentinel_master_name="" """;

    private const string Nats = """url="nats://localhost:4222" prefix="centrifugo" dial_timeout="1s" write_timeout="1s" allow_wildcards=false raw_mode.channel_replacements={} """;

    private const string Proxy =
        """endpoint="" timeout="1s" http_headers=null grpc_metadata=null emulated_headers=null binary_encoding=false include_connection_meta=false http.static_headers={} http.status_to_code_transforms=[] """
        + """http.tls.enabled=false http.tls.server_name="" grpc.tls.enabled=false grpc.credentials_key="" grpc.compression=false grpc.static_metadata={} """;

    private const string WebSocket =
        """compression=false compression_min_size=0 compression_level=1 read_buffer_size=0 use_write_buffer_pool=false write_buffer_size=0 write_timeout="1s" message_size_limit=65536 """
        + "decompressed_message_size_limit=0 ";

    private const string Namespace =
        """presence=false history_size=0 history_ttl="0s" history_meta_ttl="0s" force_recovery_mode="" auto_cache_recovery=false allowed_delta_types=null channel_regex="" subscription_type="" """
        + """subscribe_proxy_name="default" subscribe_stream_proxy_enabled=false subscribe_stream_proxy_name="default" subscribe_stream_proxy_bidirectional=false publication_data_format="" """
        + """map.mode="" map.key_ttl="0s" map.stream_size=0 map.stream_ttl="0s" map.meta_ttl="0s" map.client_key="" map.publish_proxy_name="default" map.default_page_size=0 map.min_page_size=0 """
        + """map.max_page_size=0 map.live_transition_max_publication_limit=0 map.subscribe_catch_up_timeout="0s" shared_poll.proxy_name="" shared_poll.refresh_interval="0s" """
        + """shared_poll.refresh_batch_size=0 shared_poll.max_keys_per_connection=0 shared_poll.mode="" shared_poll.channel_shutdown_delay="0s" shared_poll.publish_enabled=false """;

    private const string Token = """hmac_secret_key="" hmac_previous_secret_key_valid_until=0 rsa_public_key="" jwks_public_endpoint="" audience_regex="" user_id_claim="" """;

    // A section, and its options.
    private static readonly (string Section, string Options)[] Defaults =
    [
        ("", """pid_file="" enable_unreleased_features=false proxies=[] consumers=[] """),
        ("http_server", """address="" port=8000 internal_address="" internal_port="" tls_external=false h2c_external=false http3.enabled=false """),
        ("http_server.tls", Tls),
        ("http_server.internal_tls", Tls),
        ("http_server.tls_autocert", """enabled=false host_whitelist=null cache_dir="" http=false http_addr=":80" """),
        ("log", """level="info" file="" """),
        ("engine", """type="memory" """),
        ("engine.redis", Redis),
        ("broker", """enabled=false type="memory" """),
        ("broker.redis", Redis),
        ("broker.nats", Nats),
        ("presence_manager", """enabled=false type="memory" """),
        ("presence_manager.redis", Redis + """presence_ttl="1m0s" """),
        ("map_broker", """type="memory" postgres.dsn="" postgres.pool_size=32 postgres.num_shards=16 postgres.stream_retention="24h0m0s" postgres.outbox.batch_size=1000 """),
        ("map_broker.redis", Redis + """cleanup_interval="1s" cleanup_batch_size=100 """),
        ("client", """allowed_origins=null ping_interval="25s" pong_timeout="8s" channel_limit=128 queue_max_size=1048576 concurrency=0 channel_position_max_time_lag="0s" connection_limit=0 """),
        ("client.proxy.connect", "enabled=false " + Proxy),
        ("client.proxy.refresh", "enabled=false " + Proxy),
        ("client.token", Token),
        ("client.subscription_token", "enabled=false " + Token),
        ("client.subscribe_to_user_personal_channel", """enabled=false personal_channel_namespace="" single_connection=false """),
        ("client.connect_code_to_unidirectional_disconnect", "enabled=false transforms=[] "),
        ("channel", """history_meta_ttl="720h0m0s" max_length=255 private_prefix="$" namespace_boundary=":" user_boundary="#" user_separator="," publication_data_format="" namespaces=[] """),
        ("channel.proxy.subscribe", Proxy),
        ("channel.proxy.subscribe_stream", Proxy),
        ("channel.proxy.map_remove", Proxy),
        ("channel.proxy.shared_poll_refresh", Proxy),
        ("channel.without_namespace", Namespace),
        ("rpc", """namespace_boundary=":" ping.enabled=false ping.method="ping" namespaces=[] without_namespace.proxy_enabled=false without_namespace.proxy_name="default" """),
        ("rpc.proxy", Proxy),
        ("shared_poll", """hmac_secret_key="" hmac_previous_secret_key="" hmac_previous_secret_key_valid_until=0 concurrency_limit=0 """),
        ("http_api", """disabled=false handler_prefix="/api" key="" error_mode="" external=false insecure=false """),
        ("grpc_api", """enabled=false error_mode="" address="" port=10000 reflection=false max_receive_message_size=0 """),
        ("uni_grpc", "enabled=false port=11000 "),
        ("websocket", """disabled=false handler_prefix="/connection/websocket" """ + WebSocket),
        ("uni_websocket", """enabled=false handler_prefix="/connection/uni_websocket" disable_closing_handshake=false disable_disconnect_push=false join_push_messages=false """ + WebSocket),
        ("sse", """enabled=false handler_prefix="/connection/sse" max_request_body_size=65536 """),
        ("uni_sse", "enabled=false connect_code_to_http_response.enabled=false connect_code_to_http_response.transforms=[] "),
        ("webtransport", """enabled=false handler_prefix="/connection/webtransport" message_size_limit=65536 """),
        ("emulation", """handler_prefix="/emulation" max_request_body_size=65536 """),
        ("admin", """enabled=false handler_prefix="" password="" external=false """),
        ("prometheus", """enabled=false handler_prefix="/metrics" native_histograms=false """),
        ("health", """enabled=false handler_prefix="/health" """),
        ("swagger", """enabled=false handler_prefix="/swagger" """),
        ("debug", """enabled=false handler_prefix="/debug/pprof" """),
        ("dev", """enabled=false handler_prefix="/dev" """),
        ("init", """enabled=false handler_prefix="/connection/init" """),
        ("opentelemetry", "enabled=false api=false google_cloud_adc_auth=false "),
        ("graphite", """enabled=false host="localhost" port=2003 prefix="centrifugo" interval="10s" tags=false """),
        ("usage_stats", "disabled=false "),
        ("node", """name="" info_metrics_aggregate_interval="1m0s" """),
        ("shutdown", """timeout="30s" """),
    ];

    private static IEnumerable<(string Path, string Value)> All =>
        from section in Defaults
        from option in section.Options.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        let at = option.IndexOf('=', StringComparison.Ordinal)
        select (section.Section.Length == 0 ? option[..at] : $"{section.Section}.{option[..at]}", option[(at + 1)..]);

    [Fact]
    public void File_of_all_defaults_is_right()
    {
        var settings = Read(Tree(All));

        Assert.All(settings.Warnings, static warning => Assert.EndsWith("Leave it out.", warning, StringComparison.Ordinal));
    }

    [Fact]
    public void Option_at_its_default_is_right_alone()
    {
        Assert.All(All, static option => Assert.DoesNotContain(Read(Tree([option])).Warnings, static warning => warning.Contains("unknown", StringComparison.Ordinal)));
    }

    [Fact]
    public void Variable_with_a_default_is_right()
    {
        var variables = new Hashtable(All.Where(static option => option.Value != "null")
            .ToDictionary(static option => "DUPLEX_" + option.Path.Replace('.', '_').ToUpperInvariant(), static option => option.Value.Trim('"')));

        Assert.All(ConfigurationReader.Read(null, variables).Warnings, static warning => Assert.DoesNotContain("unknown", warning, StringComparison.Ordinal));
    }

    [Fact]
    public void Namespace_of_all_defaults_has_those_of_maps_and_of_shared_poll()
    {
        var ns = Read(Tree(All)).Hub.Namespaces[""];

        Assert.Equal((100, 100, 1000, TimeSpan.FromMinutes(1)), (ns.Map.StreamSize, ns.Map.MinPageSize, ns.Map.MaxPageSize, ns.Map.StreamTtl));
        Assert.Equal((TimeSpan.FromSeconds(5), 1000, TimeSpan.FromSeconds(10)), (ns.Map.CatchUpTimeout, ns.SharedPoll.RefreshBatchSize, ns.SharedPoll.RefreshInterval));
    }

    [Theory]
    [InlineData("""{"sse":false,"broker":"memory","tls_external":false}""")]
    [InlineData("""{"admin":{"password":"a","secret":"b"},"prometheus":{"enabled":"false"},"broker":{"redis":{"address":"a:1"}},"consumers":[{"name":"a","type":"kafka"}]}""")]
    public void What_is_not_switched_on_is_right(string json) => Assert.False(Read(json).Transport.Sse.IsEnabled);

    [Theory]
    [InlineData("""{"admin":{"enabled":true}}""", "admin: there is no admin page. Leave it out.")]
    [InlineData("""{"prometheus":true}""", "prometheus: metrics are those")]
    [InlineData("""{"dev":{"enabled":true}}""", "dev: there is no page for developers. Leave it out.")]
    [InlineData("""{"consumers":[{"name":"a"},{"name":"b","enabled":true}]}""", "consumers: queues are not consumed")]
    [InlineData("""{"http_server":{"tls":{"cert_pem_b64":"x"}}}""", "http_server.tls.cert_pem_b64: PEM is not read from base64")]
    [InlineData("""{"map_broker":{"type":"postgres"}}""", "map_broker: the server is one node")]
    [InlineData("""{"channel":{"proxy":{"subscribe_stream":{"endpoint":"grpc://a"}}}}""", "channel.proxy.subscribe_stream: gRPC is not supported: use HTTP. Leave it out.")]
    [InlineData("""{"shared_poll":{"concurrency_limit":5}}""", "shared_poll.concurrency_limit: shared_poll.refresh_batch_size")]
    [InlineData("""{"health":"x"}""", "health: an object is expected; did you mean health.enabled?")]
    public void What_is_switched_on_and_not_here_is_a_fault(string json, string expected) => Assert.Contains(expected, FaultOf(json), StringComparison.Ordinal);

    [Theory]
    [InlineData("allowed_origins", "did you mean client.allowed_origins?")]
    [InlineData("history_ttl", "did you mean channel.without_namespace.history_ttl?")]
    [InlineData("client_request_max_size", "did you mean websocket.message_size_limit?")]
    [InlineData("websocket_ping_interval", "did you mean client.ping_interval?")]
    [InlineData("proxy_static_http_headers", "did you mean client.proxy.connect.http.static_headers?")]
    [InlineData("disable_api", "did you mean http_api.disabled?")]
    [InlineData("admin_password", "admin_password: there is no admin page. Leave it out.")]
    [InlineData("redis_address", "redis_address: memory is the only engine. Leave it out.")]
    [InlineData("tls_autocert", "tls_autocert: certificates are not fetched")]
    [InlineData("websocket_write_timeout", "websocket_write_timeout: no write waits")]
    [InlineData("channel_private_prefix", "channel_private_prefix: the prefix is always")]
    [InlineData("sockjs", "sockjs: SockJS is not served")]
    [InlineData("presence_disable_for_client", "presence_disable_for_client: reading presence needs an option")]
    public void Older_name_is_answered_with_todays_or_with_a_reason(string name, string expected) => Assert.Contains(expected, FaultOf($"{{\"{name}\":\"x\"}}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("anonymous", "did you mean channel.namespaces[0].allow_subscribe_for_anonymous?")]
    [InlineData("proxy_subscribe", "did you mean channel.namespaces[0].subscribe_proxy_enabled?")]
    [InlineData("protected", "channel.namespaces[0].protected: subscribing needs an option")]
    public void Older_name_in_a_namespace_is_answered_too(string name, string expected) =>
        Assert.Contains(expected, FaultOf($"{{\"channel\":{{\"namespaces\":[{{\"name\":\"aa\",\"{name}\":true}}]}}}}"), StringComparison.Ordinal);

    private static string FaultOf(string json) => Assert.Throws<UsageException>(() => Read(json)).Message;

    private static ServerSettings Read(string json)
    {
        var path = ServerProcess.TemporaryFile(json);
        try
        {
            return ConfigurationReader.Read(path, new Hashtable());
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    private static string Tree(IEnumerable<(string Path, string Value)> options)
    {
        var root = new JsonObject();
        foreach (var (path, value) in options)
        {
            var names = path.Split('.');
            var section = root;
            foreach (var name in names[..^1]) section = (section[name] ??= new JsonObject()).AsObject();
            section[names[^1]] = JsonNode.Parse(value);
        }

        return root.ToJsonString();
    }
}
