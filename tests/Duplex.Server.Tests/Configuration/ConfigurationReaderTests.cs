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
    [InlineData("DUPLEX_UNI_GRPC_ENABLED", "true", "DUPLEX_UNI_GRPC_ENABLED: gRPC is not served")]
    [InlineData("DUPLEX_CHANNEL_NAMESPACES", "chat a", "DUPLEX_CHANNEL_NAMESPACES: two or more of a-z, A-Z, 0-9, - and _ are expected. Not \"a\".")]
    [InlineData("DUPLEX_CHANNEL_NAMESPACES_CHAT_PRESENCE", "true", "DUPLEX_CHANNEL_NAMESPACES_CHAT_PRESENCE: unknown option")]
    [InlineData("DUPLEX_CHANNEL_WITHOUT_NAMESPACE_PRESENSE", "true", "did you mean DUPLEX_CHANNEL_WITHOUT_NAMESPACE_PRESENCE?")]
    [InlineData("DUPLEX_RPC_PROXY_HTTP_STATUS_TO_CODE_TRANSFORMS", "[", "DUPLEX_RPC_PROXY_HTTP_STATUS_TO_CODE_TRANSFORMS: a list of objects such as")]
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
    [InlineData("{", "no JSON at line 1")]
    [InlineData("""{"client":5}""", "client: unknown option")]
    [InlineData("""{"client":{"insecure":"yes"}}""", "client.insecure: true or false is expected, not \"yes\"")]
    [InlineData("""{"client":{"channel_limit":0}}""", "client.channel_limit: a whole number from 1 to 1000000 is expected, not 0")]
    [InlineData("""{"client":{"token":{"audience_regex":"("}}}""", "client.token.audience_regex: a regular expression is expected")]
    [InlineData("""{"channel":{"namespaces":{}}}""", "channel.namespaces: a list is expected")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa"},{"name":"aa"}]}}""", "channel.namespaces[1].name: \"aa\" is there twice")]
    [InlineData("""{"channel":{"namespaces":[{"name":5}]}}""", "channel.namespaces[0].name: two or more of")]
    [InlineData("""{"channel":{"without_namespace":{"force_recovery_mode":"tape"}}}""", "channel.without_namespace.force_recovery_mode: one of \"stream\", \"cache\"")]
    [InlineData("""{"client":{"proxy":{"connect":{"enabled":true}}}}""", "client.proxy.connect.endpoint is missing")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","publish_proxy_enabled":true}]}}""", "channel.proxy.publish.endpoint is missing")]
    [InlineData("""{"rpc":{"namespaces":[{"name":"aa","proxy":true}]}}""", "rpc.namespaces[0].proxy: unknown option")]
    [InlineData("""{"rpc":{"proxy":{"endpoint":"grpc://backend"}}}""", "rpc.proxy.endpoint: an http or https address is expected")]
    [InlineData("""{"rpc":{"proxy":{"http":{"static_headers":["a"]}}}}""", "rpc.proxy.http.static_headers: an object of header fields is expected")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","map":{"mode":"tape"}}]}}""", "channel.namespaces[0].map.mode: one of \"ephemeral\"")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","map":{"modes":"ephemeral"}}]}}""", "channel.namespaces[0].map.modes: unknown option")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","map":5}]}}""", "channel.namespaces[0].map: unknown option")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","subscription_type":"shared_poll"}]}}""", "channel.proxy.shared_poll_refresh.endpoint is missing")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","shared_poll":{"mode":"random"}}]}}""", "channel.namespaces[0].shared_poll.mode: one of \"versioned\"")]
    [InlineData("""{"engine":{"type":"redis"}}""", "engine.type: memory is the only engine.")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","force_recovery":true}]}}""", "channel.namespaces, \"aa\": force_recovery: history_size and history_ttl are missing")]
    [InlineData("""{"channel":{"publication_data_format":"xml"}}""", "channel.publication_data_format: one of \"json\", \"json_object\", \"any\", \"binary\"")]
    [InlineData("""{"client":{"connect_code_to_unidirectional_disconnect":{"transforms":[{"code":404}]}}}""", "client.connect_code_to_unidirectional_disconnect.transforms: a list of objects such as")]
    [InlineData("""{"uni_grpc":{"enabled":true}}""", "uni_grpc: gRPC is not served or spoken")]
    [InlineData("""{"client":{"proxy":{"connect":{"grpc":{"compression":true}}}}}""", "client.proxy.connect.grpc: gRPC is not")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","subscribe_stream_proxy_enabled":true}]}}""", "channel.namespaces[0].subscribe_stream_proxy_enabled: gRPC is not")]
    [InlineData("""{"proxies":[{"name":"aa"}]}""", "proxies: \"aa\" has no endpoint")]
    [InlineData("""{"proxies":[{"name":"default","endpoint":"http://a"}]}""", "proxies: \"default\" is the name of those under channel.proxy")]
    [InlineData("""{"proxies":[{"name":"aa","endpoint":"http://a","http":{"tls":{"server_name":"a"}}}]}""", "proxies[0].http.tls: https is spoken")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","publish_proxy_enabled":true,"publish_proxy_name":"bb"}]}}""", "channel.namespaces, \"aa\": publish_proxy_name: no proxy is named \"bb\" in proxies")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","map":{"publish_proxy_enabled":true}}]}}""", "map.publish_proxy_enabled: subscription_type is no kind of map")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","subscription_type":"map","publish_proxy_enabled":true}]}}""", "publish_proxy_enabled: maps have map.publish_proxy_enabled")]
    [InlineData("""{"rpc":{"proxy":{"http":{"status_to_code_transforms":[{"status_code":404}]}}}}""", "rpc.proxy.http.status_to_code_transforms: a list of objects such as")]
    [InlineData("""{"rpc":{"proxy":{"http":{"status_to_code_transforms":[{"status_code":404,"to_disconnect":{"code":1000}}]}}}}""", "rpc.proxy.http.status_to_code_transforms: a list of objects such as")]
    public void A_fault_names_its_path_and_what_is_expected(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<UsageException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_option_is_in_the_documentation()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Duplex.slnx"))) directory = directory.Parent!;
        var documentation = File.ReadAllText(Path.Combine(directory.FullName, "docs", "server.md"));

        var settings = new ServerSettings();
        var options = settings.Options.Concat(NamedList.All.SelectMany(list => list.OptionsOf(settings, "any")));

        // What is not here is said once for all proxies.
        Assert.All(options, option => Assert.Contains(
            option.IsRefused ? Endings(option.Name) : [option.Name], name => documentation.Contains($"`{name}`", StringComparison.Ordinal)));

        static IEnumerable<string> Endings(string name) =>
            name.Split('.').Select((_, at) => string.Join('.', name.Split('.').Skip(at)));
    }

    [Fact]
    public void Maps_are_read_from_the_file_and_from_the_environment()
    {
        var file = ServerProcess.TemporaryFile("""
            {"channel":{"namespaces":[{"name":"board","subscription_type":"map","map_clients_presence_channel_prefix":"clients:",
            "map":{"mode":"durable","key_ttl":"90s","ordered":true,"client_key":"user_id","allow_publish_for_subscriber":true,"max_page_size":500}}]}}
            """);

        var ns = ConfigurationReader.Read(file, new Hashtable { ["DUPLEX_CHANNEL_NAMESPACES_BOARD_MAP_STREAM_SIZE"] = "7" }).Hub.Namespaces["board"];

        Assert.Equal((SubscriptionType.Map, "clients:"), (ns.SubscriptionType, ns.MapClientsPresencePrefix));
        Assert.Equal((MapMode.Recoverable, TimeSpan.FromSeconds(90), MapClientKey.UserId), (ns.Map.Mode, ns.Map.KeyTtl, ns.Map.ClientKey));
        Assert.Equal((true, true, 500, 7), (ns.Map.Ordered, ns.Map.AllowPublishForSubscriber, ns.Map.MaxPageSize, ns.Map.StreamSize));
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
