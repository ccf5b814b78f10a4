using System.Collections;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Maps;
using Duplex.Server.CommandLine;
using Duplex.Server.Configuration;
using Duplex.Server.Tests.Running;

namespace Duplex.Server.Tests.Configuration;

public sealed class ConfigurationReaderTests
{
    [Theory]
    [InlineData("300s", 300_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("500ms", 500)]
    [InlineData("1.5s", 1500)]
    [InlineData("720h", 2_592_000_000)]
    [InlineData("0", 0)]
    public void A_duration_is_numbers_with_units(string text, double milliseconds) => Assert.Equal(milliseconds, DurationText.Parse(text)?.TotalMilliseconds);

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("-5s")]
    [InlineData("5 s")]
    [InlineData("5x")]
    [InlineData("1..5s")]
    [InlineData("99999999999999999h")]
    public void What_is_no_duration_is_none(string text) => Assert.Null(DurationText.Parse(text));

    [Fact]
    public void Namespaces_may_come_from_the_environment()
    {
        var settings = ConfigurationReader.Read(null, new Hashtable
        {
            ["DUPLEX_CHANNEL_NAMESPACES"] = "chat live-news",
            ["DUPLEX_CHANNEL_NAMESPACES_CHAT_HISTORY_SIZE"] = "5",
            ["DUPLEX_CHANNEL_NAMESPACES_LIVE_NEWS_ALLOWED_DELTA_TYPES"] = "fossil",
            ["DUPLEX_CHANNEL_WITHOUT_NAMESPACE_PRESENCE"] = "true",
            ["DUPLEX_CHANNEL_NAMESPACES_LIVE_NEWS_SUBSCRIBE_PROXY_ENABLED"] = "true",
            ["DUPLEX_CHANNEL_PROXY_SUBSCRIBE_ENDPOINT"] = "http://backend/subscribe",
            ["DUPLEX_CHANNEL_PROXY_SUBSCRIBE_HTTP_STATIC_HEADERS"] = "X-Key=secret X-Other=a=b",
            ["DUPLEX_CLIENT_ALLOWED_ORIGINS"] = "https://a.example https://b.example",
            ["PATH"] = "/bin",
        });

        Assert.Equal(5, settings.Hub.Namespaces["chat"].HistorySize);
        Assert.True(settings.Hub.Namespaces["live-news"].AllowDelta);
        Assert.True(settings.Hub.Namespaces[""].Presence);
        Assert.True(settings.Proxies.Channels["live-news"].Subscribe.IsEnabled);
        Assert.Equal(("secret", "a=b"), (settings.Proxies.Subscribe.StaticHeaders["X-Key"], settings.Proxies.Subscribe.StaticHeaders["X-Other"]));
        Assert.Equal(["https://a.example", "https://b.example"], settings.Transport.AllowedOrigins);
    }

    [Fact]
    public void Options_of_other_servers_may_be_off()
    {
        var settings = Read("""
            {"uni_grpc":{"enabled":false,"port":11000},"admin":{"enabled":false},"engine":{"type":"memory"},"client":{"concurrency":0},
            "consumers":[],"channel":{"namespaces":[{"name":"chat","subscribe_stream_proxy_enabled":false,"presence":true}]}}
            """);

        Assert.True(settings.Hub.Namespaces["chat"].Presence);
    }

    [Theory]
    [InlineData("DUPLEX_UNI_GRPC_ENABLED", "true", "DUPLEX_UNI_GRPC_ENABLED: gRPC is not supported")]
    [InlineData("DUPLEX_CHANNEL_NAMESPACES", "chat a", "DUPLEX_CHANNEL_NAMESPACES: two or more of a-z, A-Z, 0-9, - and _ are expected. Not \"a\".")]
    [InlineData("DUPLEX_CHANNEL_NAMESPACES", "[{\"name\":\"a\"}]", "DUPLEX_CHANNEL_NAMESPACES[0].name: two or more of")]
    [InlineData("DUPLEX_PROXIES", "[{", "DUPLEX_PROXIES: invalid JSON at line 1")]
    [InlineData("DUPLEX_PROXIES", "[{\"name\":\"\\ud83d\"}]", "DUPLEX_PROXIES: a string contains an unpaired surrogate")]
    [InlineData("DUPLEX_RPC_PROXY_HTTP_STATUS_TO_CODE_TRANSFORMS", "[", "DUPLEX_RPC_PROXY_HTTP_STATUS_TO_CODE_TRANSFORMS: a list of objects such as")]
    [InlineData("DUPLEX_CLIENT_TOKEN_RSA_PUBLIC_KEY", "\"-----BEGIN\"", "DUPLEX_CLIENT_TOKEN_RSA_PUBLIC_KEY: the key is in quotes")]
    public void A_fault_of_the_environment_names_its_variable(string name, string value, string expected) => Assert.Contains(
        expected, Assert.Throws<UsageException>(() => ConfigurationReader.Read(null, new Hashtable { [name] = value })).Message, StringComparison.Ordinal);

    [Fact]
    public void Methods_and_proxies_may_come_from_the_environment()
    {
        var settings = ConfigurationReader.Read(null, new Hashtable
        {
            ["DUPLEX_PROXIES"] = "till",
            ["DUPLEX_PROXIES_TILL_ENDPOINT"] = "http://backend/till",
            ["DUPLEX_PROXIES_TILL_HTTP_STATUS_TO_CODE_TRANSFORMS"] = """[{"status_code":404,"to_error":{"code":404,"message":"none"}}]""",
            ["DUPLEX_RPC_NAMESPACES"] = "shop other",
            ["DUPLEX_RPC_NAMESPACES_SHOP_PROXY_ENABLED"] = "true",
            ["DUPLEX_RPC_NAMESPACES_SHOP_PROXY_NAME"] = "till",
            ["DUPLEX_RPC_WITHOUT_NAMESPACE_PROXY_NAME"] = "till",
        });

        Assert.Equal((true, "till"), (settings.Proxies.Methods["shop"].IsEnabled, settings.Proxies.Methods["shop"].Name));
        Assert.Equal((false, "till"), (settings.Proxies.Methods[""].IsEnabled, settings.Proxies.Methods[""].Name));
        Assert.False(settings.Proxies.Methods["other"].IsEnabled);
        Assert.Equal((404, 404u, "none"), settings.Proxies.ByName["till"].StatusTransforms.Select(one => (one.Status, one.Error!.Code, one.Error.Message)).Single());
    }

    [Fact]
    public void Token_options_are_read()
    {
        var settings = Read("""
            {"client":{"token":{"hmac_secret_key":"a","hmac_previous_secret_key":"b","hmac_previous_secret_key_valid_until":1000,"audience":"x","issuer_regex":"^i","jwks_public_endpoint":"https://p.example/keys"},
            "subscription_token":{"enabled":true,"hmac_secret_key":"c"}}}
            """);

        Assert.Equal(("a", "b", 1000L, "x"), (settings.ConnectionToken.HmacSecretKey, settings.ConnectionToken.HmacPreviousSecretKey,
            settings.ConnectionToken.HmacPreviousSecretKeyValidUntil?.ToUnixTimeSeconds(), settings.ConnectionToken.Audience));
        Assert.Matches(settings.ConnectionToken.IssuerPattern!, "issuer");
        Assert.Equal("p.example", settings.ConnectionToken.JwksPublicEndpoint?.Host);
        Assert.True(settings.HasSubscriptionTokens);
        Assert.Equal("c", settings.SubscriptionToken.HmacSecretKey);
    }

    [Theory]
    [InlineData("[]", "a JSON object is expected")]
    [InlineData("{", "invalid JSON at line 1")]
    [InlineData("", "the file is empty")]
    [InlineData("client:\n  insecure: true", "invalid JSON at line 1, byte 1. YAML is not supported: convert it, as with \"yq -o json config.json > config.json\".")]
    [InlineData("[client]\ninsecure = true", "TOML is not supported")]
    [InlineData("{\"client\":{\"token\":{\"hmac_secret_key\":\"\\ud83d\"}}}", "a string contains an unpaired surrogate")]
    [InlineData("""{"client":5}""", "client: an object is expected.")]
    [InlineData("""{"sse":true}""", "sse: an object is expected; did you mean sse.enabled?")]
    [InlineData("""{"client":{"insecure":true},"client":{"insecure":false}}""", "client: the name appears twice.")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","presence":true,"presence":false}]}}""", "channel.namespaces[0].presence: the name appears twice.")]
    [InlineData("""{"Client":{"insecure":true}}""", "Client: unknown option; did you mean client?")]
    [InlineData("""{"token_hmac_secret_key":"x"}""", "token_hmac_secret_key: unknown option; did you mean client.token.hmac_secret_key?")]
    [InlineData("""{"secret":"x"}""", "secret: unknown option; did you mean client.token.hmac_secret_key?")]
    [InlineData("""{"api_key":"x"}""", "api_key: unknown option; did you mean http_api.key?")]
    [InlineData("""{"client_channel_limit":5}""", "client_channel_limit: unknown option; did you mean client.channel_limit?")]
    [InlineData("""{"proxy_rpc_endpoint":"http://a"}""", "proxy_rpc_endpoint: unknown option; did you mean rpc.proxy.endpoint?")]
    [InlineData("""{"namespaces":[{"name":"aa"}]}""", "namespaces: unknown option; did you mean channel.namespaces?")]
    [InlineData("""{"presence":true}""", "presence: unknown option; did you mean channel.without_namespace.presence?")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","history_lifetime":5}]}}""", "channel.namespaces[0].history_lifetime: unknown option; did you mean channel.namespaces[0].history_ttl?")]
    [InlineData("""{"pid_file":"/run/a"}""", "pid_file: no file is written")]
    [InlineData("""{"client":{"ping_interval":"99999h"}}""", "client.ping_interval: a duration such as \"300s\", from 1s to 720h, or \"0s\" for no pings, is expected")]
    [InlineData("""{"rpc":{"proxy":{"timeout":"0s"}}}""", "rpc.proxy.timeout: a duration such as \"300s\", from 1ms to 720h, is expected")]
    [InlineData("""{"rpc":{"proxy":{"http_headers":["Host"]}}}""", "rpc.proxy.http_headers: a list of names of header fields other than Host")]
    [InlineData("""{"rpc":{"proxy":{"emulated_headers":["X Auth"]}}}""", "rpc.proxy.emulated_headers: a list of names of header fields")]
    [InlineData("""{"rpc":{"proxy":{"http":{"static_headers":{"a":"b\r\nc: d"}}}}}""", "rpc.proxy.http.static_headers: an object of header fields")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","channel_regex":"("}]}}""", "channel.namespaces[0].channel_regex: a regular expression is expected, not \"(\": Invalid pattern")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","channel_regex":"(?=a)"}]}}""", "channel.namespaces[0].channel_regex: a regular expression is expected")]
    [InlineData("""{"client":{"allowed_origins":["https://a.example","example.org"]}}""", "client.allowed_origins: \"example.org\" is not an origin")]
    [InlineData("""{"client":{"subscribe_to_user_personal_channel":{"enabled":true,"personal_channel_namespace":"own"}},"channel":{"namespaces":[{"name":"own","subscription_type":"map","map":{"key_ttl":"1m"}}]}}""", "personal_channel_namespace: its subscription_type must be stream")]
    [InlineData("""{"sse":{"enabled":true,"handler_prefix":"/api"}}""", "sse.handler_prefix and http_api.handler_prefix are the same path, \"/api\".")]
    [InlineData("""{"http_server":{"address":"nowhere"}}""", "http_server.address: an IP address, localhost or * is expected")]
    [InlineData("""{"client":{"subscribe_to_user_personal_channel":{"enabled":true,"personal_channel_namespace":"own"}}}""", "client.subscribe_to_user_personal_channel.personal_channel_namespace: channel.namespaces has no \"own\"")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","batch_max_size":5}]}}""", "channel.namespaces, \"aa\": batch_max_delay is missing")]
    [InlineData("""{"rpc":{"ping":{"enabled":true,"method":"duplex.ping"}}}""", "rpc.ping.method: \"duplex.ping\" has the prefix of the hub's own methods")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","allow_pace_for_client":true}]}}""", "channel.namespaces, \"aa\": pace_max_delay is missing")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","pace_max_delay":"9ms"}]}}""", "channel.namespaces, \"aa\": pace_max_delay: it is less than pace_min_delay, which is 10ms")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","slow_consumers":"skip"}]}}""", "channel.namespaces[0].slow_consumers: ")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","subscription_type":"map"}]}}""", "channel.namespaces, \"aa\": map.key_ttl is missing")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","map_users_presence_channel_prefix":"bb:"}]}}""", "channel.namespaces, \"aa\": map_users_presence_channel_prefix: \"bb:\" leads to no namespace")]
    [InlineData("""{"client":{"insecure":"yes"}}""", "client.insecure: true or false is expected, not \"yes\"")]
    [InlineData("""{"client":{"channel_limit":0}}""", "client.channel_limit: a whole number from 1 to 1000000 is expected, not 0")]
    [InlineData("""{"client":{"token":{"audience_regex":"("}}}""", "client.token.audience_regex: a regular expression is expected")]
    [InlineData("""{"channel":{"namespaces":{}}}""", "channel.namespaces: a list is expected")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa"},{"name":"aa"}]}}""", "channel.namespaces[1].name: \"aa\" appears twice")]
    [InlineData("""{"channel":{"namespaces":[{"name":5}]}}""", "channel.namespaces[0].name: two or more of")]
    [InlineData("""{"channel":{"without_namespace":{"force_recovery_mode":"tape"}}}""", "channel.without_namespace.force_recovery_mode: one of \"stream\", \"cache\"")]
    [InlineData("""{"client":{"proxy":{"connect":{"enabled":true}}}}""", "client.proxy.connect.endpoint is missing")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","publish_proxy_enabled":true}]}}""", "channel.proxy.publish.endpoint is missing")]
    [InlineData("""{"rpc":{"namespaces":[{"name":"aa","proxy":true}]}}""", "rpc.namespaces[0].proxy: unknown option")]
    [InlineData("""{"rpc":{"proxy":{"endpoint":"grpc://backend"}}}""", "rpc.proxy.endpoint: an http or https address is expected")]
    [InlineData("""{"rpc":{"proxy":{"http":{"static_headers":["a"]}}}}""", "rpc.proxy.http.static_headers: an object of header fields of visible ASCII")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","map":{"mode":"tape"}}]}}""", "channel.namespaces[0].map.mode: one of \"ephemeral\"")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","map":{"modes":"ephemeral"}}]}}""", "channel.namespaces[0].map.modes: unknown option")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","map":5}]}}""", "channel.namespaces[0].map: an object is expected.")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","subscription_type":"shared_poll"}]}}""", "channel.proxy.shared_poll_refresh.endpoint is missing")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","shared_poll":{"mode":"random"}}]}}""", "channel.namespaces[0].shared_poll.mode: one of \"versioned\"")]
    [InlineData("""{"engine":{"type":"redis"}}""", "engine.type: memory is the only engine: leave it out.")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","force_recovery":true}]}}""", "channel.namespaces, \"aa\": force_recovery: history_size and history_ttl are missing")]
    [InlineData("""{"channel":{"publication_data_format":"xml"}}""", "channel.publication_data_format: one of \"json\", \"json_object\", \"any\", \"binary\"")]
    [InlineData("""{"client":{"connect_code_to_unidirectional_disconnect":{"transforms":[{"code":404}]}}}""", "client.connect_code_to_unidirectional_disconnect.transforms: a list of objects such as")]
    [InlineData("""{"uni_grpc":{"enabled":true}}""", "uni_grpc: gRPC is not supported")]
    [InlineData("""{"client":{"proxy":{"connect":{"grpc":{"compression":true}}}}}""", "client.proxy.connect.grpc: gRPC is not")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","subscribe_stream_proxy_enabled":true}]}}""", "channel.namespaces[0].subscribe_stream_proxy_enabled: gRPC is not")]
    [InlineData("""{"proxies":[{"name":"aa"}]}""", "proxies: \"aa\" has no endpoint")]
    [InlineData("""{"proxies":[{"name":"default","endpoint":"http://a"}]}""", "proxies: \"default\" is reserved for the proxies under channel.proxy")]
    [InlineData("""{"proxies":[{"name":"aa","endpoint":"http://a","http":{"tls":{"server_name":"a"}}}]}""", "proxies[0].http.tls: https uses")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","publish_proxy_enabled":true,"publish_proxy_name":"bb"}]}}""", "channel.namespaces, \"aa\": publish_proxy_name: no proxy is named \"bb\" in proxies")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","map":{"publish_proxy_enabled":true}}]}}""", "map.publish_proxy_enabled: subscription_type is not a kind of map")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","subscription_type":"map","publish_proxy_enabled":true}]}}""", "publish_proxy_enabled: maps have map.publish_proxy_enabled")]
    [InlineData("""{"rpc":{"proxy":{"http":{"status_to_code_transforms":[{"status_code":404}]}}}}""", "rpc.proxy.http.status_to_code_transforms: a list of objects such as")]
    [InlineData("""{"rpc":{"proxy":{"http":{"status_to_code_transforms":[{"status_code":404,"to_disconnect":{"code":1000}}]}}}}""", "rpc.proxy.http.status_to_code_transforms: a list of objects such as")]
    public void A_fault_names_its_path_and_what_is_expected(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<UsageException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Nothing_is_meant_by_null_by_an_empty_text_and_by_what_is_off()
    {
        var settings = Read("""
            {"client":null,"channel":{"namespaces":null,"without_namespace":null},"proxies":null,"sse":[],"rpc":{"proxy":{"endpoint":"","timeout":"","http_headers":null}},
            "http_server":{"port":null,"internal_port":"","internal_address":"","address":""},"engine":{"type":""},"unknown":{"enabled":false,"size":5},"other":{"ttl":"0s","list":[]},
            "admin":{"enabled":false,"handler_prefix":"/admin"},"client_publish":"0s"}
            """.Replace(",\"client_publish\":\"0s\"", "", StringComparison.Ordinal));

        Assert.Equal((8000, null), (settings.Port, settings.InternalPort));
        Assert.Equal(["unknown: unknown option.", "other: unknown option."], settings.Warnings);
    }

    [Fact]
    public void Options_of_other_servers_that_change_nothing_are_warnings()
    {
        var settings = Read("""
            {"engine":{"type":"memory","redis":{"address":"redis://127.0.0.1:6379","prefix":"x"}},"node":{"name":"a"},"usage_stats":{"disabled":true},"client":{"channel_position_max_time_lag":"1s"},
            "websocket":{"write_timeout":"1s","read_buffer_size":0},"broker":{"type":"memory"},"channel":{"namespaces":[{"name":"aa","shared_poll":{"publish_enabled":false,"channel_shutdown_delay":"1s"}}]}}
            """);

        Assert.Equal(6, settings.Warnings.Count);
        Assert.All(settings.Warnings, static warning => Assert.EndsWith("Leave it out.", warning, StringComparison.Ordinal));
    }

    [Fact]
    public void Numbers_and_flags_may_be_texts()
    {
        var settings = Read("""{"http_server":{"port":"9000","internal_port":"9001"},"client":{"insecure":"TRUE","allowed_origins":"https://a.example https://b.example"}}""");

        Assert.Equal((9000, 9001, true), (settings.Port, settings.InternalPort, settings.Hub.IsInsecure));
        Assert.Equal(["https://a.example", "https://b.example"], settings.Transport.AllowedOrigins);
    }

    [Fact]
    public void Lists_of_the_environment_may_be_JSON_or_separated_by_commas()
    {
        var settings = ConfigurationReader.Read(null, new Hashtable
        {
            ["DUPLEX_CHANNEL_NAMESPACES"] = """[{"name":"chat","presence":true},{"name":"news","history_size":5}]""",
            ["DUPLEX_CHANNEL_NAMESPACES_NEWS_HISTORY_TTL"] = "1h",
            ["DUPLEX_PROXIES"] = """[{"name":"till","endpoint":"http://backend/till"}]""",
            ["DUPLEX_CLIENT_ALLOWED_ORIGINS"] = """["https://a.example"]""",
            ["DUPLEX_RPC_PROXY_HTTP_HEADERS"] = "Cookie,Origin",
        });

        Assert.True(settings.Hub.Namespaces["chat"].Presence);
        Assert.Equal((5, TimeSpan.FromHours(1)), (settings.Hub.Namespaces["news"].HistorySize, settings.Hub.Namespaces["news"].HistoryTtl));
        Assert.Equal("http://backend/till", settings.Proxies.ByName["till"].Endpoint!.ToString());
        Assert.Equal(["https://a.example"], settings.Transport.AllowedOrigins);
        Assert.Equal(["Cookie", "Origin"], settings.Proxies.Rpc.HttpHeaders);
    }

    [Fact]
    public void File_may_begin_with_a_byte_order_mark()
    {
        var file = ServerProcess.TemporaryFile("\uFEFF{\"http_server\":{\"port\":9000}}");

        Assert.Equal(0xEF, File.ReadAllBytes(file)[0]);
        Assert.Equal(9000, ConfigurationReader.Read(file, new Hashtable()).Port);
    }

    [Fact]
    public void Byte_that_is_no_UTF_8_is_named_with_its_place()
    {
        var file = ServerProcess.TemporaryFile("");
        File.WriteAllBytes(file, [.. "{\n \"a\": \"gr\u00fc"u8, 0xFC, .. "\"}"u8]);

        Assert.EndsWith("invalid UTF-8 at line 2, byte 12 (0xFC): save the file as UTF-8.", Assert.Throws<UsageException>(() => ConfigurationReader.Read(file, new Hashtable())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Time_to_stop_is_5_seconds_unless_the_file_says_otherwise() => Assert.Equal(TimeSpan.FromSeconds(5), Read("{}").ShutdownTimeout);

    [Fact]
    public void Every_option_is_in_the_documentation()
    {
        var documentation = Repository.Read("docs/server.md");

        var settings = new ServerSettings();
        var options = settings.Options.Concat(NamedList.All.SelectMany(list => list.OptionsOf(settings, "any")));

        // What is not here is said once for all proxies.
        Assert.All(options, option => Assert.Contains(
            option.IsForeign ? Endings(option.Name) : [option.Name], name => documentation.Contains($"`{name}`", StringComparison.Ordinal)));

        static IEnumerable<string> Endings(string name) =>
            name.Split('.').Select((_, at) => string.Join('.', name.Split('.').Skip(at)));
    }

    [Fact]
    public void Maps_are_read_from_the_file_and_from_the_environment()
    {
        var file = ServerProcess.TemporaryFile("""
            {"channel":{"namespaces":[{"name":"board","subscription_type":"map","map_clients_presence_channel_prefix":"clients:",
            "map":{"mode":"durable","key_ttl":"90s","ordered":true,"client_key":"user_id","allow_publish_for_subscriber":true,"max_page_size":500}},{"name":"clients","subscription_type":"map_clients"}]}}
            """);

        var ns = ConfigurationReader.Read(file, new Hashtable { ["DUPLEX_CHANNEL_NAMESPACES_BOARD_MAP_STREAM_SIZE"] = "7" }).Hub.Namespaces["board"];

        Assert.Equal((SubscriptionType.Map, "clients:"), (ns.SubscriptionType, ns.MapClientsPresencePrefix));
        Assert.Equal((MapMode.Recoverable, TimeSpan.FromSeconds(90), MapClientKey.UserId), (ns.Map.Mode, ns.Map.KeyTtl, ns.Map.ClientKey));
        Assert.Equal((true, true, 500, 7), (ns.Map.Ordered, ns.Map.AllowPublishForSubscriber, ns.Map.MaxPageSize, ns.Map.StreamSize));
    }

    [Fact]
    public void Pace_and_slow_consumers_are_read_from_the_file_and_from_the_environment()
    {
        var file = ServerProcess.TemporaryFile("""
            {"channel":{"without_namespace":{"slow_consumers":"drop_oldest"},"namespaces":[
            {"name":"ticks","pace_min_delay":"20ms","pace_max_delay":"2s","allow_pace_for_client":true,"slow_consumers":"conflate"}]}}
            """);

        var settings = ConfigurationReader.Read(file, new Hashtable { ["DUPLEX_CHANNEL_NAMESPACES_TICKS_PACE_MAX_DELAY"] = "3s" });

        var (ticks, others) = (settings.Hub.Namespaces["ticks"], settings.Hub.Namespaces[""]);
        Assert.Equal(
            (TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(3), true, SlowConsumerPolicy.Conflate), (ticks.MinPaceDelay, ticks.MaxPaceDelay, ticks.AllowPace, ticks.SlowConsumers));
        Assert.Equal((null, false, SlowConsumerPolicy.DropOldest), (others.MaxPaceDelay, others.AllowPace, others.SlowConsumers));
    }

    [Fact]
    public void Shared_poll_is_read_from_the_file_and_from_the_environment()
    {
        var file = ServerProcess.TemporaryFile("""
            {"shared_poll":{"hmac_secret_key":"all"},"channel":{"proxy":{"shared_poll_refresh":{"endpoint":"http://backend/poll"}},"namespaces":[
            {"name":"prices","subscription_type":"shared_poll","shared_poll":{"refresh_interval":"2s","refresh_batch_size":5,"max_keys_per_connection":6}},
            {"name":"votes","subscription_type":"shared_poll","shared_poll":{"hmac_secret_key":"own"}}]}}
            """);

        var settings = ConfigurationReader.Read(file, new Hashtable { ["DUPLEX_CHANNEL_NAMESPACES_VOTES_SHARED_POLL_MODE"] = "versioned" });

        var (prices, votes) = (settings.Hub.Namespaces["prices"].SharedPoll, settings.Hub.Namespaces["votes"].SharedPoll);
        Assert.Equal((TimeSpan.FromSeconds(2), 5, 6, "all", false), (prices.RefreshInterval, prices.RefreshBatchSize, prices.MaxKeysPerConnection, prices.HmacSecretKey, prices.IsVersioned));
        Assert.Equal(("own", true), (votes.HmacSecretKey, votes.IsVersioned));
        Assert.Equal("http://backend/poll", settings.Proxies.SharedPoll.Endpoint?.ToString());
    }

    private static ServerSettings Read(string json) => ConfigurationReader.Read(ServerProcess.TemporaryFile(json), new Hashtable());
}
