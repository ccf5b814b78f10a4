using System.Text;
using Microsoft.AspNetCore.Http;

namespace Duplex.Server.Tests.Running;

/// <summary>What a backend is asked about channels: renewals, entries of maps, private channels, and which backend it is.</summary>
public sealed class ChannelProxyTests : IAsyncLifetime
{
    private const string Asked = "\"transport\":\"websocket\",\"protocol\":\"json\",\"encoding\":\"json\",\"user\":\"\"";

    private Backend _backend = null!;

    public async ValueTask InitializeAsync()
    {
        _backend = await Backend.StartAsync();
        _backend.Answer("/subscribe", """{"result":{}}""");
    }

    public ValueTask DisposeAsync() => _backend.DisposeAsync();

    [Fact]
    public async Task Subscription_that_expires_is_renewed_with_other_info_until_the_backend_says_no_more()
    {
        var renewed = 0;
        _backend.Answer("/subscribe", context => AnswerAsync(context, $$$"""{"result":{"info":{"seat":1},"expire_at":{{{Soon()}}}}}"""));
        _backend.Answer("/sub_refresh", context => AnswerAsync(
            context, ++renewed < 2 ? $$$"""{"result":{"info":{"seat":2},"expire_at":{{{Soon()}}}}}""" : """{"result":{"expired":true}}"""));
        await using var server = await ServeAsync();
        using var client = await ConnectAsync(server);
        Assert.Contains("\"subscribe\":{", await client.AskAsync("""{"id":2,"subscribe":{"channel":"room:a"}}"""), StringComparison.Ordinal);

        _backend.Answer("/publish", """{"result":{}}""");
        var published = "";
        while (!published.Contains("\"chan_info\":{\"seat\":2}", StringComparison.Ordinal)) published = await PublishAsync(client);
        Assert.Equal("{" + Asked + ",\"channel\":\"room:a\"}", _backend.Asked("/sub_refresh").Body);
        var push = await client.NextAsync();
        while (!push.Contains("\"unsubscribe\":{\"code\":2501", StringComparison.Ordinal)) push = await client.NextAsync();
        Assert.Equal(2, renewed);

        static Task AnswerAsync(HttpContext context, string json) => context.Response.WriteAsync(json);
        static long Soon() => DateTimeOffset.UtcNow.AddSeconds(4).ToUnixTimeSeconds();
    }

    [Fact]
    public async Task Channel_whose_name_ends_with_the_boundary_is_of_its_namespace_and_of_no_other()
    {
        await using var server = await ServerProcess.ServeAsync("""
            {
              "client": {"allow_anonymous_connect_without_token": true},
              "channel": {
                "proxy": {"subscribe": {"endpoint": "BACKENDsubscribe", "timeout": "10s"}},
                "without_namespace": {"subscribe_proxy_enabled": true},
                "namespaces": [{"name": "closed"}]
              }
            }
            """.Replace("BACKEND", _backend.Address.ToString(), StringComparison.Ordinal));
        using var client = await ConnectAsync(server);

        Assert.Contains("\"error\":{", await client.AskAsync("""{"id":2,"subscribe":{"channel":"closed:"}}"""), StringComparison.Ordinal);

        Assert.Equal(0, _backend.Count("/subscribe"));
    }

    [Fact]
    public async Task Backend_sets_the_pace_of_a_subscription()
    {
        await using var server = await ServerProcess.ServeAsync("""
            {
              "client": {"allow_anonymous_connect_without_token": true},
              "channel": {
                "proxy": {"subscribe": {"endpoint": "BACKENDsubscribe", "timeout": "10s"}},
                "namespaces": [{"name": "ticks", "pace_max_delay": "1s", "subscribe_proxy_enabled": true}]
              }
            }
            """.Replace("BACKEND", _backend.Address.ToString(), StringComparison.Ordinal));
        using var client = await ConnectAsync(server);

        _backend.Answer("/subscribe", """{"result":{"override":{"pace":{"value":{"delay_ms":250,"latest":true}}}}}""");
        Assert.Contains("\"subscribe\":{", await client.AskAsync("""{"id":2,"subscribe":{"channel":"ticks:a"}}"""), StringComparison.Ordinal);
        Assert.Equal(
            """{"id":3,"rpc":{"data":{"skipped":0,"pace":{"delay_ms":250,"latest":true}}}}""",
            await client.AskAsync("""{"id":3,"rpc":{"method":"duplex.subscription","data":{"channel":"ticks:a"}}}"""));
        _backend.Answer("/subscribe", """{"result":{"override":{"pace":{"value":{"delay_ms":1001}}}}}""");
        Assert.Contains("\"code\":107,", await client.AskAsync("""{"id":4,"subscribe":{"channel":"ticks:b"}}"""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"result":null}""")]
    public async Task Answer_without_a_result_is_no_permission(string answer)
    {
        _backend.Answer("/subscribe", answer);
        _backend.Answer("/map_publish", answer);
        _backend.Answer("/map_remove", answer);
        await using var server = await ServeAsync();
        using var client = await ConnectAsync(server);

        Assert.Contains("\"code\":100,", await client.AskAsync("""{"id":2,"subscribe":{"channel":"room:a"}}"""), StringComparison.Ordinal);
        Assert.Contains("\"code\":100,", await client.AskAsync("""{"id":3,"publish":{"channel":"board:a","type":1,"key":"one","data":{"x":1}}}"""), StringComparison.Ordinal);
        Assert.Contains("\"code\":100,", await client.AskAsync("""{"id":4,"publish":{"channel":"board:a","type":1,"key":"one","removed":true}}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_of_maps_are_changed_and_removed_as_the_backend_says()
    {
        await using var server = await ServeAsync();
        using var client = await ConnectAsync(server);

        _backend.Answer("/map_publish", """{"result":{"data":{"x": 2},"tags":{"checked":"yes"}}}""");
        Assert.Equal("""{"id":2,"publish":{}}""", await client.AskAsync("""{"id":2,"publish":{"channel":"board:a","type":1,"key":"one","data":{"x":1}}}"""));
        Assert.Equal("{" + Asked + ",\"channel\":\"board:a\",\"key\":\"one\",\"data\":{\"x\":1}}", _backend.Asked("/map_publish").Body);
        var state = await ReadStateAsync(server);
        Assert.Contains("\"data\":{\"x\":2}", state, StringComparison.Ordinal);
        Assert.Contains("\"checked\":\"yes\"", state, StringComparison.Ordinal);

        _backend.Answer("/map_publish", """{"error":{"code":403,"message":"read only"}}""");
        Assert.Contains("\"code\":403", await client.AskAsync("""{"id":3,"publish":{"channel":"board:a","type":1,"key":"two","data":1}}"""), StringComparison.Ordinal);
        _backend.Answer("/map_remove", """{"error":{"code":403,"message":"keep it"}}""");
        Assert.Contains("\"code\":403", await client.AskAsync("""{"id":4,"publish":{"channel":"board:a","type":1,"key":"one","removed":true}}"""), StringComparison.Ordinal);
        Assert.Equal("{" + Asked + ",\"channel\":\"board:a\",\"key\":\"one\"}", _backend.Asked("/map_remove").Body);
        Assert.Equal(state, await ReadStateAsync(server));

        _backend.Answer("/map_remove", """{"result":{}}""");
        Assert.Equal("""{"id":5,"publish":{}}""", await client.AskAsync("""{"id":5,"publish":{"channel":"board:a","type":1,"key":"one","removed":true}}"""));
        Assert.DoesNotContain("\"key\"", await ReadStateAsync(server), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publications_to_private_channels_are_asked_about_too()
    {
        _backend.Answer("/publish", """{"error":{"code":403,"message":"no"}}""");
        await using var server = await ServeAsync();
        using var client = await ConnectAsync(server);

        Assert.Contains("\"code\":403", await client.AskAsync("""{"id":2,"publish":{"channel":"$room:a","data":1}}"""), StringComparison.Ordinal);
        Assert.Equal("{" + Asked + ",\"channel\":\"$room:a\",\"data\":1}", _backend.Asked("/publish").Body);
    }

    [Fact]
    public async Task Namespaces_ask_the_proxies_that_they_name()
    {
        _backend.Answer("/lounge", """{"result":{"data":"lounge"}}""");
        _backend.Answer("/desk", """{"result":{"data":"desk"}}""");
        await using var server = await ServeAsync();
        using var client = await ConnectAsync(server);

        Assert.Contains("\"data\":\"lounge\"", await client.AskAsync("""{"id":2,"subscribe":{"channel":"lounge:a"}}"""), StringComparison.Ordinal);
        Assert.Contains("\"data\":\"desk\"", await client.AskAsync("""{"id":3,"rpc":{"method":"desk/order"}}"""), StringComparison.Ordinal);
        Assert.Equal("secret", _backend.Asked("/lounge").Headers["X-Backend-Key"].ToString());
        Assert.Equal(0, _backend.Count("/subscribe"));
    }

    private static async Task<JsonClient> ConnectAsync(ServerProcess server)
    {
        var client = await JsonClient.OpenAsync(server);
        Assert.Contains("\"client\":", await client.AskAsync("""{"id":1,"connect":{}}"""), StringComparison.Ordinal);
        return client;
    }

    // The publication, whichever of it and the reply comes first.
    private static async Task<string> PublishAsync(JsonClient client)
    {
        var text = await client.AskAsync("""{"id":9,"publish":{"channel":"room:a","data":1}}""");
        while (!text.Contains("\"pub\":", StringComparison.Ordinal) || !text.Contains("\"id\":9", StringComparison.Ordinal)) text += await client.NextAsync();
        return text;
    }

    private static async Task<string> ReadStateAsync(ServerProcess server)
    {
        using var http = new HttpClient { BaseAddress = server.Http };
        using var body = new StringContent("""{"channel":"board:a","limit":10}""", Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri("/api/map_read_state", UriKind.Relative), body, server.Token);
        return await response.Content.ReadAsStringAsync(server.Token);
    }

    private Task<ServerProcess> ServeAsync() => ServerProcess.ServeAsync("""
        {
          "client": {"allow_anonymous_connect_without_token": true, "presence_update_interval": "50ms"},
          "http_api": {"insecure": true},
          "proxies": [
            {"name": "lounge", "endpoint": "BACKEND/lounge", "timeout": "10s", "http": {"static_headers": {"X-Backend-Key": "secret"}}},
            {"name": "desk", "endpoint": "BACKEND/desk", "timeout": "10s"}
          ],
          "channel": {
            "proxy": {
              "subscribe": {"endpoint": "BACKEND/subscribe", "timeout": "10s"},
              "sub_refresh": {"endpoint": "BACKEND/sub_refresh", "timeout": "10s"},
              "publish": {"endpoint": "BACKEND/publish", "timeout": "10s"},
              "map_publish": {"endpoint": "BACKEND/map_publish", "timeout": "10s"},
              "map_remove": {"endpoint": "BACKEND/map_remove", "timeout": "10s"}
            },
            "namespaces": [
              {"name": "room", "subscribe_proxy_enabled": true, "sub_refresh_proxy_enabled": true, "publish_proxy_enabled": true},
              {"name": "lounge", "subscribe_proxy_enabled": true, "subscribe_proxy_name": "lounge"},
              {"name": "board", "subscription_type": "map", "map": {"mode": "persistent", "publish_proxy_enabled": true, "remove_proxy_enabled": true}}
            ]
          },
          "rpc": {"namespace_boundary": "/", "namespaces": [{"name": "desk", "proxy_enabled": true, "proxy_name": "desk"}]}
        }
        """.Replace("BACKEND", _backend.Address.ToString().TrimEnd('/'), StringComparison.Ordinal));
}
