using System.Text;
using Duplex.Messaging.Polling;
using Microsoft.AspNetCore.Http;

namespace Duplex.Server.Tests.Running;

/// <summary>Clients track keys, and the stand-alone server asks the backend for all of them at once.</summary>
public sealed class SharedPollTests : IAsyncLifetime
{
    private const string Channel = "prices:eu";
    private const string Secret = "poll-secret";

    private Backend _backend = null!;

    public async ValueTask InitializeAsync() => _backend = await Backend.StartAsync();

    public ValueTask DisposeAsync() => _backend.DisposeAsync();

    [Fact]
    public async Task Backend_is_asked_by_key_and_its_changes_reach_the_client()
    {
        _backend.Answer("/poll", """{"result":{"items":[{"key":"a","data":{"price": 1},"version":7}]}}""");
        await using var server = await ServeAsync();
        using var client = await SubscribedAsync(server);

        var reply = await client.AskAsync(Track("a", "b"));
        Assert.Contains("{\"data\":{\"price\":1},\"key\":\"a\",\"version\":7}", reply, StringComparison.Ordinal);
        Assert.Equal("""{"channel":"prices:eu","items":[{"key":"a","version":0},{"key":"b","version":0}]}""", _backend.Asked("/poll", at: 0).Body);

        _backend.Answer("/poll", """{"result":{"items":[{"key":"a","data":2,"version":8},{"key":"b","removed":true},{"key":"c","data":3,"version":1}]}}""");
        var pushes = await client.NextAsync();
        while (!pushes.Contains("removed", StringComparison.Ordinal)) pushes += await client.NextAsync();
        Assert.Contains("\"data\":2,\"key\":\"a\",\"version\":8", pushes, StringComparison.Ordinal);
        Assert.DoesNotContain("\"c\"", pushes, StringComparison.Ordinal);
        await _backend.AskedAsync("/poll", """{"channel":"prices:eu","items":[{"key":"a","version":8}]}""", server.Token);
    }

    [Fact]
    public async Task Backend_without_versions_has_its_data_compared()
    {
        _backend.Answer("/poll", """{"result":{"items":[{"key":"a","data":1}]}}""");
        await using var server = await ServeAsync(mode: "versionless");
        using var client = await SubscribedAsync(server);

        Assert.Contains("\"data\":1,\"key\":\"a\",\"version\":1", await client.AskAsync(Track("a")), StringComparison.Ordinal);
        _backend.Answer("/poll", """{"result":{"items":[{"key":"a","data":2}]}}""");
        Assert.Contains("\"data\":2,\"key\":\"a\",\"version\":2", await client.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backend_that_fails_is_asked_again()
    {
        var count = 0;
        _backend.Answer("/poll", context =>
        {
            if (Interlocked.Increment(ref count) < 3) context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return context.Response.WriteAsync("""{"result":{"items":[{"key":"a","data":1,"version":1}]}}""");
        });
        await using var server = await ServeAsync();
        using var client = await SubscribedAsync(server);

        Assert.DoesNotContain("error", await client.AskAsync(Track("a")), StringComparison.Ordinal);
        Assert.Contains("\"key\":\"a\"", await client.NextAsync(), StringComparison.Ordinal);
        Assert.True(count >= 3);
    }

    [Fact]
    public async Task Values_that_the_backend_publishes_need_no_question()
    {
        _backend.Answer("/poll", """{"result":{"items":[]}}""");
        await using var server = await ServeAsync(interval: "1h");
        using var client = await SubscribedAsync(server);
        await client.AskAsync(Track("a"));
        using var http = new HttpClient { BaseAddress = server.Http };

        using var body = new StringContent("""{"channel":"prices:eu","key":"a","data":5,"version":9}""", Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri("/api/shared_poll_publish", UriKind.Relative), body, server.Token);

        Assert.Equal("""{"result":{}}""", await response.Content.ReadAsStringAsync(server.Token));
        Assert.Contains("\"data\":5,\"key\":\"a\",\"version\":9", await client.NextAsync(), StringComparison.Ordinal);
        Assert.Equal(1, _backend.Count("/poll"));
    }

    [Fact]
    public async Task Keys_that_nobody_signed_are_not_asked_for()
    {
        await using var server = await ServeAsync();
        using var client = await SubscribedAsync(server);

        Assert.Contains("\"code\":103", await client.AskAsync(Track("a").Replace("\"a\"", "\"b\"", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(0, _backend.Count("/poll"));
    }

    private static async Task<JsonClient> SubscribedAsync(ServerProcess server)
    {
        var client = await JsonClient.OpenAsync(server);
        await client.AskAsync("""{"id":1,"connect":{}}""");
        Assert.Contains("\"type\":4", await client.AskAsync($$$"""{"id":2,"subscribe":{"channel":"{{{Channel}}}","type":4}}"""), StringComparison.Ordinal);
        return client;
    }

    private static string Track(params string[] keys)
    {
        var now = DateTimeOffset.UtcNow;
        var signature = PollSignature.Create(Secret, "", Channel, keys, now, now.AddMinutes(5));
        var items = string.Join(',', keys.Select(static key => $$"""{"key":"{{key}}"}"""));
        return $$$"""{"id":3,"sub_refresh":{"channel":"{{{Channel}}}","type":1,"track":[{"signature":"{{{signature}}}","items":[{{{items}}}]}]}}""";
    }

    // The secret is the server's own, unless a namespace has another.
    private Task<ServerProcess> ServeAsync(string interval = "50ms", string mode = "versioned") => ServerProcess.ServeAsync($$$"""
        {
          "client": {"allow_anonymous_connect_without_token": true},
          "http_api": {"insecure": true},
          "shared_poll": {"hmac_secret_key": "{{{Secret}}}"},
          "channel": {
            "proxy": {"shared_poll_refresh": {"endpoint": "{{{_backend.Address}}}poll", "timeout": "10s"}},
            "namespaces": [{
              "name": "prices", "subscription_type": "shared_poll", "allow_subscribe_for_client": true, "allow_subscribe_for_anonymous": true,
              "shared_poll": {"refresh_interval": "{{{interval}}}", "mode": "{{{mode}}}", "refresh_batch_size": 100}
            }]
          }
        }
        """);
}
