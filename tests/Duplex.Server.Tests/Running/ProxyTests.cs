using Microsoft.AspNetCore.Http;

namespace Duplex.Server.Tests.Running;

/// <summary>The stand-alone server asks a backend over HTTP, seen from the backend and from a client.</summary>
public sealed class ProxyTests : IAsyncLifetime
{
    private const string Asked = "\"transport\":\"websocket\",\"protocol\":\"json\",\"encoding\":\"json\"";

    private Backend _backend = null!;

    public async ValueTask InitializeAsync()
    {
        _backend = await Backend.StartAsync();
        _backend.Answer("/connect", """{"result":{"user":"ann"}}""");
    }

    public ValueTask DisposeAsync() => _backend.DisposeAsync();

    [Fact]
    public async Task Connect_is_decided_by_the_backend_which_sees_cookie_and_data()
    {
        _backend.Answer("/connect", """
            {"result":{"user":"ann","info":{"name":"Ann"},"data":{"hello": 1},"channels":["chat:all"],"subs":{"chat:own":{"data":{"n":1}}},"meta":{"role":"admin"},"expire_at":4000000000}}
            """);
        _backend.Answer("/rpc", """{"result":{"data":{"ok":true}}}""");
        await using var server = await ServeAsync();
        using var client = await JsonClient.OpenAsync(server, ("Cookie", "session=1"), ("X-Other", "no"));

        var reply = await client.AskAsync("""{"id":1,"connect":{"data":{"from":"page"},"name":"js","version":"5","headers":{"x-emulated":"yes"}}}""");
        Assert.Contains("\"data\":{\"hello\":1}", reply, StringComparison.Ordinal);
        Assert.Contains("\"chat:all\":{", reply, StringComparison.Ordinal);
        Assert.Contains("\"chat:own\":{\"data\":{\"n\":1}", reply, StringComparison.Ordinal);
        Assert.Contains("\"expires\":true", reply, StringComparison.Ordinal);
        var (body, headers) = _backend.Asked("/connect");
        Assert.Equal("{" + Asked + ",\"name\":\"js\",\"version\":\"5\",\"data\":{\"from\":\"page\"}}", body);
        Assert.Equal(["session=1", "", "yes", "secret"], ((string[])["Cookie", "X-Other", "X-Emulated", "X-Backend-Key"]).Select(name => headers.GetValueOrDefault(name).ToString()));
        Assert.Contains("\"conn_info\":{\"name\":\"Ann\"}", await client.AskAsync("""{"id":2,"presence":{"channel":"chat:all"}}"""), StringComparison.Ordinal);

        Assert.Contains("\"data\":{\"ok\":true}", await client.AskAsync("""{"id":3,"rpc":{"method":"any","data":7}}"""), StringComparison.Ordinal);
        Assert.Equal("{" + Asked + ",\"meta\":{\"role\":\"admin\"},\"user\":\"ann\",\"method\":\"any\",\"data\":7}", _backend.Asked("/rpc").Body);
    }

    [Theory]
    [InlineData("""{"result":null}""", "close 3501")]
    [InlineData("""{"error":{"code":4001,"message":"no room","temporary":true}}""", "{\"id\":1,\"error\":{\"code\":4001,\"message\":\"no room\",\"temporary\":true}}")]
    [InlineData("""{"disconnect":{"code":4501,"reason":"banned"}}""", "close 4501 banned")]
    public async Task Backend_refuses_a_connection_in_its_own_words(string answer, string expected)
    {
        _backend.Answer("/connect", answer);
        await using var server = await ServeAsync();
        using var client = await JsonClient.OpenAsync(server);

        Assert.StartsWith(expected, await client.AskAsync("""{"id":1,"connect":{}}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_with_a_token_is_not_asked_about()
    {
        await using var server = await ServeAsync();
        var (_, token, _) = await ServerProcess.RunAsync(["gentoken", "--user", "42"], ("DUPLEX_CLIENT_TOKEN_HMAC_SECRET_KEY", "secret"));
        using var client = await JsonClient.OpenAsync(server);

        Assert.Contains("\"client\":", await client.AskAsync($$$"""{"id":1,"connect":{"token":"{{{token.Trim()}}}"}}"""), StringComparison.Ordinal);
        Assert.Equal(0, _backend.Count("/connect"));
    }

    [Fact]
    public async Task Subscriptions_are_granted_or_refused_by_the_backend()
    {
        await using var server = await ServeAsync();
        using var client = await ConnectAsync(server);

        _backend.Answer("/subscribe", """{"result":{"data":{"title":"Lobby"},"info":{"seat":1},"override":{"presence":{"value":true}}}}""");
        Assert.Contains("\"data\":{\"title\":\"Lobby\"}", await client.AskAsync("""{"id":2,"subscribe":{"channel":"room:lobby","data":{"seat":1}}}"""), StringComparison.Ordinal);
        Assert.Equal("{" + Asked + ",\"user\":\"ann\",\"channel\":\"room:lobby\",\"data\":{\"seat\":1}}", _backend.Asked("/subscribe").Body);
        _backend.Answer("/subscribe", """{"error":{"code":403,"message":"members only"}}""");
        Assert.Contains("\"error\":{\"code\":403,\"message\":\"members only\"}", await client.AskAsync("""{"id":3,"subscribe":{"channel":"room:club"}}"""), StringComparison.Ordinal);

        // A namespace whose options decide.
        Assert.Contains("\"subscribe\":{", await client.AskAsync("""{"id":4,"subscribe":{"channel":"chat:a"}}"""), StringComparison.Ordinal);
        Assert.Equal(2, _backend.Count("/subscribe"));
    }

    [Fact]
    public async Task Publications_are_changed_and_refused_by_the_backend()
    {
        await using var server = await ServeAsync();
        using var client = await ConnectAsync(server);
        _backend.Answer("/subscribe", """{"result":{}}""");
        await client.AskAsync("""{"id":2,"subscribe":{"channel":"room:lobby"}}""");

        _backend.Answer("/publish", """{"result":{"data":{"text":"***"},"tags":{"checked":"yes"}}}""");
        var push = await client.AskAsync("""{"id":3,"publish":{"channel":"room:lobby","data":{"text":"rude"}}}""");
        if (push.StartsWith("{\"id\":3", StringComparison.Ordinal)) push = await client.NextAsync();
        else await client.NextAsync();
        Assert.Contains("\"data\":{\"text\":\"***\"}", push, StringComparison.Ordinal);
        Assert.Contains("\"tags\":{\"checked\":\"yes\"}", push, StringComparison.Ordinal);
        Assert.Contains("\"user\":\"ann\"", push, StringComparison.Ordinal);
        Assert.Equal("{" + Asked + ",\"user\":\"ann\",\"channel\":\"room:lobby\",\"data\":{\"text\":\"rude\"}}", _backend.Asked("/publish").Body);

        _backend.Answer("/publish", """{"result":{}}""");
        push = await client.AskAsync("""{"id":5,"publish":{"channel":"room:lobby","data":{"text":"kind"}}}""");
        Assert.Contains("\"data\":{\"text\":\"kind\"}", push + await client.NextAsync(), StringComparison.Ordinal);

        _backend.Answer("/publish", """{"error":{"code":403,"message":"slow down"}}""");
        Assert.Contains("\"code\":403", await client.AskAsync("""{"id":4,"publish":{"channel":"room:lobby","data":1}}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Methods_of_a_namespace_without_a_proxy_are_not_found()
    {
        await using var server = await ServeAsync();
        using var client = await ConnectAsync(server);
        _backend.Answer("/rpc", """{"result":{"b64data":"eyJuIjoxfQ=="}}""");

        Assert.Contains("\"data\":{\"n\":1}", await client.AskAsync("""{"id":2,"rpc":{"method":"shop:buy"}}"""), StringComparison.Ordinal);
        Assert.Contains("\"code\":104", await client.AskAsync("""{"id":3,"rpc":{"method":"other:buy"}}"""), StringComparison.Ordinal);
        Assert.Equal(1, _backend.Count("/rpc"));
    }

    [Fact]
    public async Task Backend_that_does_not_answer_as_agreed_gives_an_internal_error_and_nothing_worse()
    {
        await using var server = await ServeAsync();
        using var client = await ConnectAsync(server);
        Func<HttpContext, Task>[] failures =
        [
            static context => StatusAsync(context, StatusCodes.Status500InternalServerError),
            static context => context.Response.WriteAsync("no JSON"),
            static context => context.Response.WriteAsync("""{"result":{"data":"x","b64data":"***"}}"""),
            static context => context.Response.WriteAsync("{\"result\":{\"data\":\"" + new string('x', 2 << 20) + "\"}}"),
            context =>
            {
                context.Response.Redirect(new Uri(_backend.Address, "/connect").ToString());
                return Task.CompletedTask;
            },
        ];
        foreach (var failure in failures)
        {
            _backend.Answer("/rpc", failure);
            Assert.Contains("\"error\":{\"code\":100,", await client.AskAsync("""{"id":2,"rpc":{"method":"any"}}"""), StringComparison.Ordinal);
        }

        _backend.Answer("/rpc", """{"result":{"data":1}}""");
        Assert.Contains("\"data\":1", await client.AskAsync("""{"id":3,"rpc":{"method":"any"}}"""), StringComparison.Ordinal);

        static Task StatusAsync(HttpContext context, int status)
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync("""{"result":{}}""");
        }
    }

    [Fact]
    public async Task Backend_that_takes_too_long_is_not_waited_for()
    {
        await using var server = await ServeAsync(rpcTimeout: "200ms");
        using var client = await ConnectAsync(server);
        _backend.Answer("/rpc", static context => Task.Delay(Timeout.Infinite, context.RequestAborted));

        Assert.Contains("\"error\":{\"code\":100,", await client.AskAsync("""{"id":2,"rpc":{"method":"any"}}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_that_expires_is_renewed_by_the_backend_until_it_says_no_more()
    {
        var renewed = 0;
        _backend.Answer("/connect", _ => Answer(_, $$$"""{"result":{"user":"ann","expire_at":{{{Soon()}}}}}"""));
        _backend.Answer("/refresh", context => Answer(context, ++renewed < 2 ? $$$"""{"result":{"expire_at":{{{Soon()}}}}}""" : """{"result":{"expired":true}}"""));
        await using var server = await ServeAsync("""
            "refresh": {"enabled": true, "endpoint": "BACKEND/refresh", "timeout": "10s"},
            """);
        using var client = await ConnectAsync(server);

        Assert.StartsWith("close 3005", await client.NextAsync(), StringComparison.Ordinal);
        Assert.Equal(2, renewed);
        Assert.Equal("{" + Asked + ",\"user\":\"ann\"}", _backend.Asked("/refresh").Body);

        static Task Answer(HttpContext context, string json) => context.Response.WriteAsync(json);
        static long Soon() => DateTimeOffset.UtcNow.AddSeconds(2).ToUnixTimeSeconds();
    }

    private static async Task<JsonClient> ConnectAsync(ServerProcess server)
    {
        var client = await JsonClient.OpenAsync(server);
        Assert.Contains("\"client\":", await client.AskAsync("""{"id":1,"connect":{}}"""), StringComparison.Ordinal);
        return client;
    }

    // The default of a second is short for a machine that runs many tests at once.
    private Task<ServerProcess> ServeAsync(string more = "", string rpcTimeout = "10s")
    {
        var configuration = """
            {
              "client": {
                "token": {"hmac_secret_key": "secret"},
                "proxy": {
                  MORE
                  "connect": {
                    "enabled": true, "endpoint": "BACKEND/connect", "timeout": "10s",
                    "http_headers": ["Cookie"], "emulated_headers": ["X-Emulated"], "http": {"static_headers": {"X-Backend-Key": "secret"}}
                  }
                }
              },
              "channel": {
                "proxy": {"subscribe": {"endpoint": "BACKEND/subscribe", "timeout": "10s"}, "publish": {"endpoint": "BACKEND/publish", "timeout": "10s"}},
                "namespaces": [
                  {"name": "room", "subscribe_proxy_enabled": true, "publish_proxy_enabled": true},
                  {"name": "chat", "presence": true, "allow_subscribe_for_client": true, "allow_presence_for_subscriber": true}
                ]
              },
              "rpc": {
                "proxy": {"endpoint": "BACKEND/rpc", "timeout": "TIMEOUT", "include_connection_meta": true},
                "without_namespace": {"proxy_enabled": true},
                "namespaces": [{"name": "shop", "proxy_enabled": true}, {"name": "other"}]
              }
            }
            """;
        return ServerProcess.ServeAsync(configuration
            .Replace("MORE", more, StringComparison.Ordinal)
            .Replace("TIMEOUT", rpcTimeout, StringComparison.Ordinal)
            .Replace("BACKEND", _backend.Address.ToString().TrimEnd('/'), StringComparison.Ordinal));
    }
}
