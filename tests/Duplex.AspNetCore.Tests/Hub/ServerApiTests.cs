using System.Net;

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
    public async Task Errors_are_statuses_when_the_caller_asks_for_that(string method, string arguments, HttpStatusCode status)
    {
        await using var app = await HubApplication.StartAsync();
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
}
