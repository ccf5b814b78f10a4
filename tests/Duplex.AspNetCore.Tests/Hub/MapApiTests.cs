using Duplex.Messaging.Channels;
using Duplex.Messaging.Maps;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.AspNetCore.Tests.Hub;

/// <summary>The server API's methods about maps.</summary>
public sealed class MapApiTests
{
    [Fact]
    public async Task Entries_are_published_read_counted_and_removed()
    {
        await using var app = await StartAsync();

        Assert.Matches("^\\{\"result\":\\{\"offset\":1,\"epoch\":\"[A-Za-z]{8}\"\\}\\}$", await app.CallAsync("map_publish", """{"channel":"board:a","key":"x","data":{ "n" : 1 },"score":-5,"tags":{"c":"red"}}"""));
        await app.CallAsync("map_publish", """{"channel":"board:a","key":"y","data":2,"score":7}""");
        Assert.Equal("""{"result":{"num_keys":2}}""", await app.CallAsync("map_stats", """{"channel":"board:a"}"""));

        var first = await app.CallAsync("map_read_state", """{"channel":"board:a","limit":1}""");
        Assert.Matches("^\\{\"result\":\\{\"entries\":\\[\\{\"key\":\"y\",\"data\":2,\"score\":7,\"offset\":2,\"time\":\\d+\\}\\],\"offset\":2,\"epoch\":\"[A-Za-z]{8}\",\"cursor\":\"7:y\"\\}\\}$", first);
        var second = await app.CallAsync("map_read_state", """{"channel":"board:a","limit":1,"cursor":"7:y"}""");
        Assert.Contains("\"key\":\"x\",\"data\":{\"n\":1},\"score\":-5", second, StringComparison.Ordinal);
        Assert.DoesNotContain("cursor", second, StringComparison.Ordinal);
        Assert.Contains("\"entries\":[{\"key\":\"x\"", await app.CallAsync("map_read_state", """{"channel":"board:a","limit":1,"asc":true}"""), StringComparison.Ordinal);
        Assert.Contains("\"entries\":[{\"key\":\"y\"", await app.CallAsync("map_read_state", """{"channel":"board:a","key":"y"}"""), StringComparison.Ordinal);
        Assert.Contains("\"entries\":[],\"offset\":2", await app.CallAsync("map_read_state", """{"channel":"board:a"}"""), StringComparison.Ordinal);

        await app.CallAsync("map_remove", """{"channel":"board:a","key":"y"}""");
        var stream = await app.CallAsync("map_read_stream", """{"channel":"board:a","limit":1,"reverse":true}""");
        Assert.Contains("\"publications\":[{\"key\":\"y\",\"removed\":true,\"offset\":3", stream, StringComparison.Ordinal);
        Assert.Contains("\"publications\":[{\"key\":\"y\",\"removed\":true,\"offset\":3", await app.CallAsync("map_read_stream", """{"channel":"board:a","limit":10,"since_offset":2}"""), StringComparison.Ordinal);
        Assert.Contains("\"publications\":[],", await app.CallAsync("map_read_stream", """{"channel":"board:a"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suppressed_changes_say_why()
    {
        await using var app = await StartAsync();
        await app.CallAsync("map_publish", """{"channel":"board:a","key":"x","data":1,"version":3,"idempotency_key":"i"}""");

        Assert.Contains("\"suppressed\":true,\"suppress_reason\":\"idempotency\"", await app.CallAsync("map_publish", """{"channel":"board:a","key":"x","data":2,"idempotency_key":"i"}"""), StringComparison.Ordinal);
        Assert.Contains("\"suppress_reason\":\"version\"", await app.CallAsync("map_publish", """{"channel":"board:a","key":"x","data":2,"version":3}"""), StringComparison.Ordinal);
        Assert.Contains("\"suppress_reason\":\"key_exists\"", await app.CallAsync("map_publish", """{"channel":"board:a","key":"x","data":2,"key_mode":"if_new"}"""), StringComparison.Ordinal);
        Assert.Contains("\"suppress_reason\":\"key_not_found\"", await app.CallAsync("map_publish", """{"channel":"board:a","key":"y","data":2,"key_mode":"if_exists"}"""), StringComparison.Ordinal);
        Assert.Contains("\"suppress_reason\":\"key_not_found\"", await app.CallAsync("map_remove", """{"channel":"board:a","key":"y"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clearing_empties_the_map_and_ends_its_revision()
    {
        await using var app = await StartAsync();
        await app.CallAsync("map_publish", """{"channel":"board:a","key":"x","data":1}""");

        Assert.Equal("""{"result":{}}""", await app.CallAsync("map_clear", """{"channel":"board:a"}"""));

        Assert.Equal("""{"result":{"num_keys":0}}""", await app.CallAsync("map_stats", """{"channel":"board:a"}"""));
        Assert.StartsWith("{\"error\":{\"code\":112", await app.CallAsync("map_read_state", """{"channel":"board:a","limit":1,"revision_offset":1,"revision_epoch":"gone"}"""), StringComparison.Ordinal);
        Assert.StartsWith("{\"error\":{\"code\":112", await app.CallAsync("map_read_stream", """{"channel":"board:a","limit":1,"since_offset":1,"since_epoch":"gone"}"""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("publish", """{"channel":"board:a","data":1}""", 107)]
    [InlineData("history", """{"channel":"board:a","limit":1}""", 108)]
    [InlineData("map_publish", """{"channel":"news:a","key":"x","data":1}""", 107)]
    [InlineData("map_publish", """{"channel":"other:a","key":"x","data":1}""", 102)]
    [InlineData("map_publish", """{"channel":"board:a","data":1}""", 107)]
    [InlineData("map_publish", """{"channel":"board:a","key":"x"}""", 107)]
    [InlineData("map_publish", """{"channel":"board:a","key":"x","data":1,"key_mode":"sometimes"}""", 107)]
    [InlineData("map_remove", """{"channel":"board:a"}""", 107)]
    [InlineData("map_read_state", """{"channel":"board:a","limit":1,"cursor":"nowhere"}""", 107)]
    [InlineData("map_read_stream", """{"channel":"cursor:a","limit":1}""", 108)]
    [InlineData("map_stats", """{"channel":"news:a"}""", 107)]
    [InlineData("map_clear", "{}", 107)]
    public async Task Caller_s_mistakes_are_answered_with_a_code(string method, string arguments, int code)
    {
        await using var app = await StartAsync();

        Assert.StartsWith("{\"error\":{\"code\":" + code, await app.CallAsync(method, arguments), StringComparison.Ordinal);
    }

    private static Task<HubApplication> StartAsync() => HubApplication.StartAsync(services: static services => services.AddDuplex()
        .AddNamespace("board", static ns =>
        {
            ns.SubscriptionType = SubscriptionType.Map;
            ns.Map.Mode = MapMode.Persistent;
            ns.Map.Ordered = true;
        })
        .AddNamespace("cursor", static ns =>
        {
            ns.SubscriptionType = SubscriptionType.Map;
            ns.Map.KeyTtl = TimeSpan.FromMinutes(1);
        }));
}
