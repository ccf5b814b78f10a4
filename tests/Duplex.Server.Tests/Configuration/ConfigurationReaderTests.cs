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
        Assert.True(settings.Proxies.Channels["live-news"].Subscribe);
        Assert.Equal(("secret", "a=b"), (settings.Proxies.Subscribe.StaticHeaders["X-Key"], settings.Proxies.Subscribe.StaticHeaders["X-Other"]));
        Assert.Equal(["https://a.example", "https://b.example"], settings.Transport.AllowedOrigins);
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
    [InlineData("""{"rpc":{"proxy":{"http":{"static_headers":["a"]}}}}""", "rpc.proxy.http.static_headers: an object of texts is expected")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","map":{"mode":"tape"}}]}}""", "channel.namespaces[0].map.mode: one of \"ephemeral\"")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","map":{"modes":"ephemeral"}}]}}""", "channel.namespaces[0].map.modes: unknown option")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","map":5}]}}""", "channel.namespaces[0].map: unknown option")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","subscription_type":"shared_poll"}]}}""", "channel.proxy.shared_poll_refresh.endpoint is missing")]
    [InlineData("""{"channel":{"namespaces":[{"name":"aa","shared_poll":{"mode":"random"}}]}}""", "channel.namespaces[0].shared_poll.mode: one of \"versioned\"")]
    [InlineData("""{"engine":{"type":"redis"}}""", "engine.type: memory, because this version has nothing else, is expected, not \"redis\"")]
    public void A_fault_names_its_path_and_what_is_expected(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<UsageException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_option_is_in_the_documentation()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Duplex.slnx"))) directory = directory.Parent!;
        var documentation = File.ReadAllText(Path.Combine(directory.FullName, "docs", "server.md"));

        Assert.All(ServerOptionTable.All.Select(option => option.Name), name => Assert.Contains($"`{name}`", documentation, StringComparison.Ordinal));
        Assert.All(
            NamespaceOptionTable.All.Select(option => option.Name)
                .Concat(ProxyOptionTable.Channels.Select(option => option.Name))
                .Concat(ProxyOptionTable.Methods.Select(option => option.Name)),
            name => Assert.Contains($"`{name}`", documentation, StringComparison.Ordinal));
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

        var settings = ConfigurationReader.Read(file, new Hashtable { ["DUPLEX_CHANNEL_NAMESPACES_VOTES_SHARED_POLL_MODE"] = "versionless" });

        var (prices, votes) = (settings.Hub.Namespaces["prices"].SharedPoll, settings.Hub.Namespaces["votes"].SharedPoll);
        Assert.Equal((TimeSpan.FromSeconds(2), 5, 6, "all", false), (prices.RefreshInterval, prices.RefreshBatchSize, prices.MaxKeysPerConnection, prices.HmacSecretKey, prices.IsVersionless));
        Assert.Equal(("own", true), (votes.HmacSecretKey, votes.IsVersionless));
        Assert.Equal("http://backend/poll", settings.Proxies.SharedPoll.Endpoint?.ToString());
    }

    private static ServerSettings Read(string json) => ConfigurationReader.Read(ServerProcess.TemporaryFile(json), new Hashtable());
}
