using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Duplex.Sdk.Tests;

/// <summary>What stands behind a stand-alone server: it keeps prices that clients set by calls, and answers for them when it is polled.</summary>
internal sealed class PriceBackend : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string? Channel, string? Key), object> _items = [];
    private readonly WebApplication _app;

    private PriceBackend(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public static async Task<PriceBackend> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var backend = new PriceBackend(builder.Build());
        backend._app.MapPost("/rpc", (RequestDelegate)(context => AnswerAsync(context, backend.Set)));
        backend._app.MapPost("/poll", (RequestDelegate)(context => AnswerAsync(context, backend.Poll)));
        await backend._app.StartAsync();
        return backend;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context, Func<JsonElement, object> answer)
    {
        using var question = await JsonDocument.ParseAsync(context.Request.Body);
        await context.Response.WriteAsJsonAsync(new { result = answer(question.RootElement) });
    }

    // Method set-price: channel, key, version, and a value or null when the key is gone.
    private object Set(JsonElement question)
    {
        var price = question.GetProperty("data");
        var (key, value) = (price.GetProperty("key").GetString(), price.GetProperty("value"));
        _items[(price.GetProperty("channel").GetString(), key)] = value.ValueKind == JsonValueKind.Null
            ? new { key, removed = true }
            : new { key, data = new { value = value.GetInt32() }, version = price.GetProperty("version").GetUInt64() };
        return new { };
    }

    private object Poll(JsonElement question)
    {
        var channel = question.GetProperty("channel").GetString();
        var asked = question.GetProperty("items").EnumerateArray().Select(item => (channel, item.GetProperty("key").GetString()));
        return new { items = asked.Where(_items.ContainsKey).Select(item => _items[item]).ToArray() };
    }
}
