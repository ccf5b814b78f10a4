using Duplex.Messaging.Application;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.AspNetCore.Tests.Hub;

/// <summary>What the server API does to clients, seen on their connections.</summary>
public sealed class ServerApiClientTests
{
    private const string ConnectAnn = """{"id":1,"connect":{"data":"ann"}}""";

    [Fact]
    public async Task Subscribe_gives_all_clients_of_the_user_the_channel_with_its_data_and_recovers_what_was_missed()
    {
        await using var app = await StartAsync();
        await app.CallAsync("publish", """{"channel":"news:a","data":1}""");
        await app.CallAsync("publish", """{"channel":"news:a","data":2}""");
        await using var ann = await JsonPeer.ConnectAsync(app, ConnectAnn);
        await using var bob = await JsonPeer.ConnectAsync(app, """{"id":1,"connect":{"data":"bob"}}""");
        var epoch = (await app.CallAsync("history", """{"channel":"news:a"}""")).Split("\"epoch\":\"")[1][..8];

        Assert.Equal("""{"result":{}}""", await app.CallAsync("subscribe", $$$$"""
            {"user":"ann","channel":"news:a","b64info":"eyJrIjoxfQ==","data":{"hello":1},"recover_since":{"epoch":"{{{{epoch}}}}","offset":1},"override":{"force_recovery":{"value":true}}}
            """));
        var push = await ann.ReadAsync();
        Assert.Contains("\"subscribe\":{\"recoverable\":true", push, StringComparison.Ordinal);
        Assert.Contains("\"data\":{\"hello\":1}", push, StringComparison.Ordinal);
        Assert.Contains("\"pub\":{\"data\":2,\"offset\":2", await ann.ReadAsync(), StringComparison.Ordinal);
        Assert.Contains("\"chan_info\":{\"k\":1}", await app.CallAsync("presence", """{"channel":"news:a"}"""), StringComparison.Ordinal);
        Assert.Contains("\"num_clients\":1", await app.CallAsync("channels", """{"pattern":"news:*"}"""), StringComparison.Ordinal);
        Assert.Equal("""{"result":{"channels":{}}}""", await app.CallAsync("channels", """{"pattern":"other*"}"""));

        // Nothing came to bob, whose next message is the answer to his own question.
        Assert.StartsWith("{\"id\":9", await bob.SayAsync("""{"id":9,"history":{"channel":"news:a"}}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscribe_sets_the_pace_and_refuses_one_that_is_malformed_or_out_of_range()
    {
        await using var app = await StartAsync();
        await using var ann = await JsonPeer.ConnectAsync(app, ConnectAnn);

        foreach (var (pace, message) in new[]
        {
            ("""{"latest":true}""", "delay_ms is missing"), ("""{"delay_ms":-1}""", "delay_ms is not an integer of at least 0"),
            ("""{"delay_ms":1,"latest":1}""", "latest is not a boolean"), ("""{"delay_ms":1}""", "bad request"),
        })
        {
            var reply = await app.CallAsync("subscribe", $$$$$"""{"user":"ann","channel":"paced:a","override":{"pace":{"value":{{{{{pace}}}}}}}}""");
            Assert.Contains("\"code\":107,", reply, StringComparison.Ordinal);
            Assert.Contains(message, reply, StringComparison.Ordinal);
        }

        Assert.Equal("""{"result":{}}""", await app.CallAsync("subscribe", """{"user":"ann","channel":"paced:a","override":{"pace":{"value":{"delay_ms":250,"latest":true}}}}"""));
        await ann.ReadAsync();
        Assert.Equal(
            """{"id":9,"rpc":{"data":{"skipped":0,"pace":{"delay_ms":250,"latest":true}}}}""",
            await ann.SayAsync("""{"id":9,"rpc":{"method":"duplex.subscription","data":{"channel":"paced:a"}}}"""));
    }

    [Fact]
    public async Task Unsubscribe_without_a_channel_takes_the_user_out_of_all()
    {
        await using var app = await StartAsync();
        await using var ann = await JsonPeer.ConnectAsync(app, ConnectAnn);
        await ann.SayAsync("""{"id":2,"subscribe":{"channel":"news:a"}}""");
        await ann.SayAsync("""{"id":3,"subscribe":{"channel":"news:b"}}""");

        Assert.Equal("""{"result":{}}""", await app.CallAsync("unsubscribe", """{"user":"ann"}"""));

        string[] pushes = [await ann.ReadAsync(), await ann.ReadAsync()];
        Assert.All(pushes, push => Assert.Contains("\"unsubscribe\":{\"code\":2000", push, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "close 3503 force disconnect")]
    [InlineData(""","disconnect":{"code":4501,"reason":"away with you"}""", "close 4501 away with you")]
    public async Task Disconnect_ends_the_user_s_connections_but_those_of_the_whitelist(string disconnect, string expected)
    {
        await using var app = await StartAsync();
        await using var first = await JsonPeer.ConnectAsync(app, ConnectAnn);
        await using var second = await JsonPeer.ConnectAsync(app, ConnectAnn);
        var kept = (await second.SayAsync("""{"id":2,"rpc":{"method":"whoami"}}""")).Split('"')[^2];

        Assert.Equal("""{"result":{}}""", await app.CallAsync("disconnect", "{\"user\":\"ann\",\"whitelist\":[\"" + kept + "\"]" + disconnect + "}"));

        Assert.Equal(expected, await first.ReadAsync());
        Assert.Contains(kept, await second.SayAsync("""{"id":3,"rpc":{"method":"whoami"}}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_is_addressed_by_its_id_alone_and_not_by_one_that_belongs_to_another_user()
    {
        await using var app = await StartAsync();
        await using var ann = await JsonPeer.ConnectAsync(app, ConnectAnn);
        var id = (await ann.SayAsync("""{"id":2,"rpc":{"method":"whoami"}}""")).Split('"')[^2];

        foreach (var user in (string[])["bob", ""])
        {
            Assert.Equal("""{"result":{}}""", await app.CallAsync("disconnect", "{\"user\":\"" + user + "\",\"client\":\"" + id + "\"}"));
        }

        Assert.Equal("""{"result":{}}""", await app.CallAsync("subscribe", "{\"client\":\"" + id + "\",\"channel\":\"news:a\"}"));
        Assert.Contains("\"channel\":\"news:a\",\"subscribe\"", await ann.ReadAsync(), StringComparison.Ordinal);
        Assert.Equal("""{"result":{}}""", await app.CallAsync("disconnect", "{\"client\":\"" + id + "\"}"));
        Assert.Equal("close 3503 force disconnect", await ann.ReadAsync());
    }

    [Fact]
    public async Task Listener_is_addressed_by_its_session_alone()
    {
        await using var app = await StartAsync();
        using var response = await app.OpenAsync(new(HttpMethod.Post, "/connection/uni_http_stream") { Content = HubApplication.Json("""{"data":"ann"}""") });
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(HubApplication.Limit));
        var session = (await lines.ReadLineAsync(HubApplication.Limit))!.Split("\"session\":\"")[1][..36];

        await app.CallAsync("subscribe", "{\"session\":\"" + session + "\",\"channel\":\"news:a\"}");
        Assert.Contains("\"channel\":\"news:a\",\"subscribe\"", await lines.ReadLineAsync(HubApplication.Limit), StringComparison.Ordinal);
        await app.CallAsync("unsubscribe", "{\"session\":\"" + session + "\",\"channel\":\"news:a\"}");
        Assert.Contains("\"unsubscribe\":{\"code\":2000", await lines.ReadLineAsync(HubApplication.Limit), StringComparison.Ordinal);
        await app.CallAsync("disconnect", """{"session":"another"}""");
        await app.CallAsync("disconnect", "{\"session\":\"" + session + "\"}");
        Assert.Equal("""{"disconnect":{"code":3503,"reason":"force disconnect"}}""", await lines.ReadLineAsync(HubApplication.Limit));
    }

    [Fact]
    public async Task Refresh_tells_the_client_its_new_time_and_others_its_new_info()
    {
        await using var app = await StartAsync();
        await using var ann = await JsonPeer.ConnectAsync(app, ConnectAnn);
        var expiry = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds();

        Assert.Equal("""{"result":{}}""", await app.CallAsync("refresh", $$$"""{"user":"ann","expire_at":{{{expiry}}},"info":{"name":"Ann"}}"""));
        Assert.Contains("\"refresh\":{\"expires\":true,\"ttl\":3", await ann.ReadAsync(), StringComparison.Ordinal);
        await ann.SayAsync("""{"id":2,"subscribe":{"channel":"news:a"}}""");
        Assert.Contains("\"conn_info\":{\"name\":\"Ann\"}", await app.CallAsync("presence", """{"channel":"news:a"}"""), StringComparison.Ordinal);

        await app.CallAsync("refresh", """{"user":"ann","expired":true}""");
        Assert.StartsWith("close 3005", await ann.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publication_reaches_subscribers_with_its_tags()
    {
        await using var app = await StartAsync();
        await using var ann = await JsonPeer.ConnectAsync(app, ConnectAnn);
        await ann.SayAsync("""{"id":2,"subscribe":{"channel":"news:a"}}""");

        await app.CallAsync("publish", """{"channel":"news:a","b64data":"eyJuIjoxfQ==","tags":{"kind":"x"},"skip_history":true}""");

        var push = await ann.ReadAsync();
        Assert.Contains("\"data\":{\"n\":1}", push, StringComparison.Ordinal);
        Assert.Contains("\"tags\":{\"kind\":\"x\"}", push, StringComparison.Ordinal);
        Assert.Contains("\"offset\":0", await app.CallAsync("history", """{"channel":"news:a"}"""), StringComparison.Ordinal);
    }

    private static Task<HubApplication> StartAsync() => HubApplication.StartAsync(
        services: static services => services.AddDuplex().AddNamespace("paced", static ns => ns.MaxPaceDelay = TimeSpan.FromSeconds(1)),
        map: static app =>
    {
        var model = app.Services.GetRequiredService<ApplicationModel>();
        model.Connect = static context => new(ConnectDecision.Allow() with { User = System.Text.Json.JsonSerializer.Deserialize<string>(context.Data.Span) });
        model.AddCall("whoami", static context => new((object?)context.Client.Id));
    });
}
