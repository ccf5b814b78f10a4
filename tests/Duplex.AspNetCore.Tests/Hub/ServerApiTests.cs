using System.Net;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.AspNetCore.Tests.Hub;

public sealed class ServerApiTests
{
    [Theory]
    [InlineData(null, null, HttpStatusCode.Unauthorized)]
    [InlineData("X-API-Key", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("X-API-Key", "", HttpStatusCode.Unauthorized)]
    [InlineData("X-API-Key", "secret", HttpStatusCode.OK)]
    [InlineData("Authorization", "apikey secret", HttpStatusCode.OK)]
    [InlineData("Authorization", "bearer secret", HttpStatusCode.Unauthorized)]
    public async Task Caller_needs_the_key(string? header, string? value, HttpStatusCode status)
    {
        await using var app = await HubApplication.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/info") { Content = HubApplication.Json("{}") };
        if (header is not null) request.Headers.TryAddWithoutValidation(header, value);

        using var response = await app.Http.SendAsync(request, HubApplication.Limit);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Publish_answers_the_position_and_history_holds_the_publication()
    {
        await using var app = await HubApplication.StartAsync();

        Assert.Matches("^\\{\"result\":\\{\"offset\":1,\"epoch\":\"[A-Za-z]{8}\"\\}\\}$", await app.CallAsync("publish", """{"channel":"news:a","data":{ "n" : 1 },"tags":{"kind":"x"}}"""));
        var history = await app.CallAsync("history", """{"channel":"news:a","limit":10}""");

        Assert.Contains("\"data\":{\"n\":1},\"offset\":1", history, StringComparison.Ordinal);
        Assert.Contains("\"tags\":{\"kind\":\"x\"}", history, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("publish", """{"channel":"other:a","data":1}""", 102)]
    [InlineData("publish", """{"channel":"news:a"}""", 107)]
    [InlineData("publish", """{"data":1}""", 107)]
    [InlineData("publish", """{"channel":7,"data":1}""", 107)]
    [InlineData("publish", """{"channel":"news:a","b64data":"***"}""", 107)]
    [InlineData("publish", """{"channel":"news:\ud83d","data":1}""", 107)]
    [InlineData("publish", """{"\ud83d":1,"channel":"news:a","data":1,"tags":{"\ud83d":"x"}}""", 107)]
    [InlineData("publish", """{"channel":"news:a","data":1,"tags":{"a":"\ud83d"}}""", 107)]
    [InlineData("publish", """{"delta":true,"\ud83d":1,"channel":"news:a","data":1}""", 107)]
    [InlineData("publish", """{"channel":"news:a","data":1,"tags":[]}""", 107)]
    [InlineData("broadcast", """{"channels":["news:\ud83d"],"data":1}""", 107)]
    [InlineData("presence", """{"channel":"\udc00"}""", 107)]
    [InlineData("\ud83d", "{}", 104)]
    [InlineData("publish", """{"channel":"news:a","data":1,"tags":{"a":1}}""", 107)]
    [InlineData("history", """{"channel":"news:a","since":{"offset":1,"epoch":"gone"},"limit":1}""", 112)]
    [InlineData("disconnect", """{"user":"a","disconnect":{"code":1000}}""", 107)]
    [InlineData("disconnect", "{}", 107)]
    [InlineData("subscribe", """{"channel":"news:a"}""", 107)]
    [InlineData("unsubscribe", """{"user":"ann","channel":"other:a"}""", 102)]
    [InlineData("nothing", "{}", 104)]
    public async Task Caller_s_mistakes_are_answered_with_a_code(string method, string arguments, int code)
    {
        await using var app = await HubApplication.StartAsync();

        Assert.StartsWith("{\"error\":{\"code\":" + code, await app.CallAsync(method, arguments), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("publish", """{"channel":"other:a","data":1}""", HttpStatusCode.NotFound)]
    [InlineData("publish", """{"channel":"news:a"}""", HttpStatusCode.BadRequest)]
    [InlineData("history", """{"channel":"news:a","since":{"offset":1,"epoch":"gone"},"limit":1}""", HttpStatusCode.RequestedRangeNotSatisfiable)]
    [InlineData("nothing", "{}", HttpStatusCode.NotFound)]
    [InlineData("map_stats", """{"channel":"news:a"}""", HttpStatusCode.BadRequest)]
    [InlineData("rpc", """{"method":"conflict"}""", HttpStatusCode.Conflict)]
    [InlineData("rpc", """{"method":"broken"}""", HttpStatusCode.InternalServerError)]
    [InlineData("rpc", """{"method":"own"}""", HttpStatusCode.InternalServerError)]
    public async Task Errors_are_statuses_when_the_caller_asks_for_that(string method, string arguments, HttpStatusCode status)
    {
        await using var app = await HubApplication.StartAsync(static app =>
        {
            app.MapRpc("conflict", static () => new ClientError(113, "conflict"));
            app.MapRpc("broken", static () => { throw new InvalidOperationException("a fault of the application"); });
            app.MapRpc("own", static () => new ClientError(455, "no"));
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/{method}?api_key={HubApplication.Key}") { Content = HubApplication.Json(arguments) };
        request.Headers.Add("X-Centrifugo-Error-Mode", "transport");

        using var response = await app.Http.SendAsync(request, HubApplication.Limit);

        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    public async Task Body_that_is_no_object_is_a_bad_request(string body)
    {
        await using var app = await HubApplication.StartAsync();

        using var response = await app.PostAsync($"/api/publish?api_key={HubApplication.Key}", body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Broadcast_and_batch_answer_each_part_in_order()
    {
        await using var app = await HubApplication.StartAsync();

        var broadcast = await app.CallAsync("broadcast", """{"channels":["news:a","other:b"],"data":1}""");
        Assert.Matches("^\\{\"result\":\\{\"responses\":\\[\\{\"result\":\\{\"offset\":1,.*\\}\\},\\{\"error\":\\{\"code\":102", broadcast);

        var batch = await app.CallAsync("batch", """{"commands":[{"publish":{"channel":"news:a","data":2}},{"unknown":{}},{"presence_stats":{"channel":"news:a"}}]}""");
        Assert.Matches("^\\{\"replies\":\\[\\{\"publish\":\\{\"offset\":2.*\\}\\},\\{\"error\":\\{\"code\":104.*\\}\\},\\{\"presence_stats\":\\{\"num_clients\":0,\"num_users\":0\\}\\}\\]\\}$", batch);
    }

    [Fact]
    public async Task Older_shape_names_the_method_in_the_body()
    {
        await using var app = await HubApplication.StartAsync();

        using var response = await app.PostAsync($"/api?api_key={HubApplication.Key}", """{"method":"channels","params":{}}""");

        Assert.Equal("""{"result":{"channels":{}}}""", await response.Content.ReadAsStringAsync(HubApplication.Limit));
    }

    [Theory]
    [InlineData("add", """{"left":2,"right":3}""", """{"result":{"data":{"sum":5}}}""")]
    [InlineData("caller", "null", """{"result":{"data":""}}""")]
    [InlineData("nothing", "{}", """{"result":{}}""")]
    [InlineData("refuse", "{}", """{"error":{"code":455,"message":"no"}}""")]
    [InlineData("add", "7", """{"error":{"code":107,"message":"bad request: $ does not match the expected type"}}""")]
    [InlineData("unknown", "{}", """{"error":{"code":104,"message":"method not found"}}""")]
    public async Task Rpc_calls_a_method_of_the_application_without_a_client(string method, string arguments, string answer)
    {
        await using var app = await HubApplication.StartAsync(static app =>
        {
            app.MapRpc("add", static (Pair pair) => new { Sum = pair.Left + pair.Right });
            app.MapRpc("caller", static (ClientContext client) => client.User + client.Id);
            app.MapRpc("nothing", static () => { });
            app.MapRpc("refuse", static () => { throw new ClientException(455, "no"); });
        });

        Assert.Equal(answer, await app.CallAsync("rpc", "{\"method\":\"" + method + "\",\"params\":" + arguments + "}"));
    }

    [Fact]
    public async Task Rpc_is_not_available_where_the_application_has_no_methods()
    {
        await using var app = await HubApplication.StartAsync();

        Assert.StartsWith("{\"error\":{\"code\":108", await app.CallAsync("rpc", """{"method":"add"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publication_with_a_key_or_a_version_that_was_seen_is_not_published_again()
    {
        await using var app = await HubApplication.StartAsync();

        var first = await app.CallAsync("publish", """{"channel":"news:a","data":1,"idempotency_key":"k"}""");
        Assert.Equal(first, await app.CallAsync("publish", """{"channel":"news:a","data":2,"idempotency_key":"k"}"""));
        await app.CallAsync("publish", """{"channel":"news:a","data":3,"version":5,"version_epoch":"one"}""");
        await app.CallAsync("publish", """{"channel":"news:a","data":4,"version":5,"version_epoch":"one"}""");
        await app.CallAsync("publish", """{"channel":"news:a","data":5,"version":1,"version_epoch":"two"}""");

        var history = await app.CallAsync("history", """{"channel":"news:a","limit":10}""");
        Assert.Equal(["1", "3", "5"], history.Split("\"data\":").Skip(1).Select(static rest => rest[..1]));
    }

    [Fact]
    public async Task History_is_read_from_a_position_forwards_and_backwards_and_removed()
    {
        await using var app = await HubApplication.StartAsync();
        for (var i = 1; i <= 3; i++) await app.CallAsync("publish", "{\"channel\":\"news:a\",\"data\":" + i + "}");
        var epoch = (await app.CallAsync("history", """{"channel":"news:a"}""")).Split("\"epoch\":\"")[1][..8];

        Assert.Equal("2", await ReadAsync("\"limit\":1,\"since\":{\"offset\":1,\"epoch\":\"" + epoch + "\"}"));
        Assert.Equal("32", await ReadAsync("\"limit\":2,\"reverse\":true"));
        Assert.Equal("21", await ReadAsync("\"limit\":-1,\"reverse\":true,\"since\":{\"offset\":3,\"epoch\":\"" + epoch + "\"}"));
        Assert.Equal("""{"result":{}}""", await app.CallAsync("history_remove", """{"channel":"news:a"}"""));
        Assert.Equal("", await ReadAsync("\"limit\":10"));

        async Task<string> ReadAsync(string query)
        {
            var answer = await app.CallAsync("history", "{\"channel\":\"news:a\"," + query + "}");
            return string.Concat(answer.Split("\"data\":").Skip(1).Select(static rest => rest[..1]));
        }
    }

    [Fact]
    public async Task Parallel_batch_runs_its_commands_at_once_and_answers_in_their_order()
    {
        var entered = new TaskCompletionSource();
        await using var app = await HubApplication.StartAsync(app =>
        {
            app.MapRpc("wait", async () =>
            {
                await entered.Task;
                return "waited";
            });
            app.MapRpc("enter", () =>
            {
                entered.SetResult();
                return "entered";
            });
        });

        var batch = await app.CallAsync("batch", """{"parallel":true,"commands":[{"rpc":{"method":"wait"}},{"rpc":{"method":"enter"}}]}""");

        Assert.Equal("""{"replies":[{"rpc":{"data":"waited"}},{"rpc":{"data":"entered"}}]}""", batch);
    }

    [Fact]
    public async Task Info_describes_the_node()
    {
        await using var app = await HubApplication.StartAsync();

        Assert.Matches("^\\{\"result\":\\{\"nodes\":\\[\\{\"uid\":\"[0-9a-f-]{36}\",\"name\":\".+\",\"version\":\"0.1.0\",\"num_clients\":0,\"num_users\":0,\"num_channels\":0,\"num_subs\":0,\"uptime\":\\d+,\"metrics\":\\{\"interval\":[0-9.]+,\"items\":\\{\"duplex.hub.publications\":0,\"duplex.hub.dropped_publications\":0,\"duplex.hub.ended_clients\":0,\"duplex.hub.queue.size\":0\\}\\},\"process\":\\{\"rss\":\\d+\\}\\}\\]\\}\\}$", await app.CallAsync("info", "{}"));
    }

    [Theory]
    [InlineData("publish", """{"channel":"news:a"}""")]
    [InlineData("publish", """{"channel":"news:a","data":null}""")]
    [InlineData("broadcast", """{"channels":["news:a"],"data":null}""")]
    [InlineData("map_publish", """{"channel":"news:a","key":"k"}""")]
    public async Task Missing_data_is_named(string method, string arguments)
    {
        await using var app = await HubApplication.StartAsync();

        Assert.Equal("""{"error":{"code":107,"message":"bad request: data is missing"}}""", await app.CallAsync(method, arguments));
    }

    [Theory]
    [InlineData("""{"t":"\ud83d"}""")]
    [InlineData("""{"\ud83d":"\udc00 \" \\"}""")]
    [InlineData("""{"t":"Привет 你好 😀 <b>&+'"}""")]
    [InlineData("1e400")]
    [InlineData("123456789012345678901234567890.10")]
    public async Task Data_is_passed_on_as_it_was_written(string data)
    {
        await using var app = await HubApplication.StartAsync();
        await using var client = await JsonPeer.ConnectAsync(app);
        await client.SayAsync("""{"id":2,"subscribe":{"channel":"news:a"}}""");

        await app.CallAsync("publish", "{\"channel\":\"news:a\",\"data\":" + data + "}");

        Assert.Contains("\"data\":" + data + ",", await client.ReadAsync(), StringComparison.Ordinal);
        Assert.Contains("\"data\":" + data + ",", await app.CallAsync("history", """{"channel":"news:a","limit":1}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stored_data_that_is_no_JSON_is_answered_in_base64()
    {
        await using var app = await HubApplication.StartAsync(services: static services => services.AddDuplex().AddNamespace("bytes", static ns =>
        {
            ns.DataFormat = Messaging.Channels.DataFormat.Binary;
            ns.HistorySize = 10;
            ns.HistoryTtl = TimeSpan.FromMinutes(5);
        }));
        await app.CallAsync("publish", """{"channel":"bytes:a","b64data":"/wA="}""");
        await app.CallAsync("publish", """{"channel":"bytes:a","b64data":"InvHIg=="}""");

        var history = await app.CallAsync("history", """{"channel":"bytes:a","limit":10}""");

        Assert.Contains("\"b64data\":\"/wA=\"", history, StringComparison.Ordinal);
        Assert.Contains("\"b64data\":\"InvHIg==\"", history, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/api/publish", "secret", "", HttpStatusCode.BadRequest, 107)]
    [InlineData("POST", "/api/publish", "secret", "[]", HttpStatusCode.BadRequest, 107)]
    [InlineData("POST", "/api/publish", "secret", "{\"channel\":", HttpStatusCode.BadRequest, 107)]
    [InlineData("POST", "/api/publish", "secret", "{}{}", HttpStatusCode.BadRequest, 107)]
    [InlineData("POST", "/api/publish", "wrong", "{}", HttpStatusCode.Unauthorized, 101)]
    [InlineData("POST", "/api/publish/more", "secret", "{}", HttpStatusCode.NotFound, 104)]
    [InlineData("GET", "/api/publish", "secret", null, HttpStatusCode.MethodNotAllowed, 107)]
    [InlineData("PUT", "/api", "secret", "{}", HttpStatusCode.MethodNotAllowed, 107)]
    public async Task Refusal_has_an_error_in_its_body(string verb, string path, string key, string? body, HttpStatusCode status, int code)
    {
        await using var app = await HubApplication.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(verb), path) { Content = body is null ? null : HubApplication.Json(body) };
        request.Headers.Add("X-API-Key", key);

        using var response = await app.Http.SendAsync(request, HubApplication.Limit);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("{\"error\":{\"code\":" + code + ",\"message\":\"", await response.Content.ReadAsStringAsync(HubApplication.Limit), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_that_is_too_large_or_no_UTF_8_is_refused_with_an_error_in_the_body()
    {
        await using var app = await HubApplication.StartAsync();

        using var large = await app.PostAsync($"/api/publish?api_key={HubApplication.Key}", new string(' ', 2_000_000));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.StartsWith("{\"error\":{\"code\":107", await large.Content.ReadAsStringAsync(HubApplication.Limit), StringComparison.Ordinal);

        foreach (var bytes in (byte[][])[[.. """{"channel":"news:a","data":"""u8, (byte)'"', 0xff, (byte)'"', (byte)'}'], [.. """{"channel":"news:a","data":"""u8, (byte)'"', 0xed, 0xa0, 0xbd, (byte)'"', (byte)'}']])
        {
            using var content = new ByteArrayContent(bytes);
            using var response = await app.Http.PostAsync($"/api/publish?api_key={HubApplication.Key}", content, HubApplication.Limit);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains("not UTF-8", await response.Content.ReadAsStringAsync(HubApplication.Limit), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Byte_order_mark_is_ignored()
    {
        await using var app = await HubApplication.StartAsync();

        using var response = await app.PostAsync($"/api/presence_stats?api_key={HubApplication.Key}", "\uFEFF{\"channel\":\"news:a\"}");

        Assert.Equal("""{"result":{"num_clients":0,"num_users":0}}""", await response.Content.ReadAsStringAsync(HubApplication.Limit));
    }

    [Fact]
    public async Task Several_commands_in_one_body_are_answered_line_by_line()
    {
        await using var app = await HubApplication.StartAsync();

        using var response = await app.PostAsync(
            $"/api?api_key={HubApplication.Key}",
            """
            {"method":"presence_stats","params":{"channel":"news:a"}}
            {"method":"unknown","params":{}}
            {"method":"channels"}
            """);

        Assert.Equal(
            """
            {"result":{"num_clients":0,"num_users":0}}
            {"error":{"code":104,"message":"method not found"}}
            {"result":{"channels":{}}}
            """.ReplaceLineEndings("\n"),
            await response.Content.ReadAsStringAsync(HubApplication.Limit));
    }

    [Fact]
    public async Task Broken_line_keeps_all_commands_of_a_body_from_being_done()
    {
        await using var app = await HubApplication.StartAsync();

        using var response = await app.PostAsync(
            $"/api?api_key={HubApplication.Key}", "{\"method\":\"publish\",\"params\":{\"channel\":\"news:a\",\"data\":1}}\n{");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.DoesNotContain("\"data\"", await app.CallAsync("history", """{"channel":"news:a","limit":1}"""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", null, null, "application/json", HttpStatusCode.OK)]
    [InlineData("localhost:8000", null, null, "application/json; charset=utf-8", HttpStatusCode.OK)]
    [InlineData("duplex:8000", null, null, "application/json", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", "https://evil.example", null, "application/json", HttpStatusCode.Forbidden)]
    [InlineData("127.0.0.1", null, "cross-site", "application/json", HttpStatusCode.Forbidden)]
    [InlineData("evil.example", null, null, "application/json", HttpStatusCode.Forbidden)]
    [InlineData("127.0.0.1", null, null, "text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("127.0.0.1", null, null, "application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("127.0.0.1", null, null, null, HttpStatusCode.UnsupportedMediaType)]
    public async Task Without_a_key_programs_may_call_and_web_pages_may_not(string host, string? origin, string? site, string? type, HttpStatusCode status)
    {
        await using var app = await HubApplication.StartAsync(map: static app => app.MapDuplexApi(static options => options.IsInsecure = true, "/open"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/open/info") { Content = new ByteArrayContent("{}"u8.ToArray()) };
        request.Headers.Host = host;
        if (origin is not null) request.Headers.Add("Origin", origin);
        if (site is not null) request.Headers.Add("Sec-Fetch-Site", site);
        if (type is not null) request.Content.Headers.Add("Content-Type", type);

        using var response = await app.Http.SendAsync(request, HubApplication.Limit);

        Assert.Equal(status, response.StatusCode);
        Assert.StartsWith(status == HttpStatusCode.OK ? "{\"result\"" : "{\"error\"", await response.Content.ReadAsStringAsync(HubApplication.Limit), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Info_counts_publications_without_subscribers_too()
    {
        await using var app = await HubApplication.StartAsync();

        await app.CallAsync("publish", """{"channel":"news:a","data":1}""");

        Assert.Contains("\"duplex.hub.publications\":1,", await app.CallAsync("info", "{}"), StringComparison.Ordinal);
    }

    private sealed record Pair(int Left, int Right);
}
