using System.Net;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Microsoft.AspNetCore.Builder;

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
    [InlineData("add", "7", """{"error":{"code":107,"message":"bad request: $ does not fit"}}""")]
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

        Assert.Matches("^\\{\"result\":\\{\"nodes\":\\[\\{\"uid\":\"[0-9a-f-]{36}\",\"name\":\".+\",\"version\":\"0.1.0\",\"num_clients\":0,\"num_users\":0,\"num_channels\":0,\"num_subs\":0,\"uptime\":\\d+,\"metrics\":\\{\"interval\":[0-9.]+,\"items\":\\{\"duplex.publications\":0,\"duplex.drops\":0,\"duplex.disconnects\":0,\"duplex.queued\":0\\}\\},\"process\":\\{\"rss\":\\d+\\}\\}\\]\\}\\}$", await app.CallAsync("info", "{}"));
    }

    private sealed record Pair(int Left, int Right);
}
