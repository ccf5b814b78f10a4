using System.Text.Json;
using Showcase.Tests.Wire;
using Showcase.Visitors;

namespace Showcase.Tests.Pad;

/// <summary>A person who writes in documents by hand.</summary>
internal sealed class PadWriter : IAsyncDisposable
{
    private PadWriter(ProtocolClient client, string name) =>
        (Client, Page) = (client, $"{Visitor.UserOf(name.PadRight(32, '.'))[..12]}-{name}");

    public ProtocolClient Client { get; }

    public string Page { get; }

    public string? Key { get; set; }

    public static async Task<PadWriter> ConnectAsync(RunningShowcase showcase, string name) => await ConnectAsync(showcase.Http, name);

    public static async Task<PadWriter> ConnectAsync(Uri http, string name)
    {
        var client = await ProtocolClient.OpenAsync(http);
        await client.ConnectAsync(RunningShowcase.KeyOf(name));
        return new(client, name);
    }

    public async Task<string> CreateAsync(string title) =>
        (await Client.CallAsync("pad.create", $$"""{"title":"{{title}}"}""")).GetProperty("doc").GetString()!;

    public async Task<JsonElement> JoinAsync(string doc, string data = "{}")
    {
        var reply = await Client.CommandAsync("subscribe", $$"""{"channel":"pad:{{doc}}","data":{{data}} }""");
        Assert.False(reply.TryGetProperty("error", out var error), $"{error}");
        return reply.GetProperty("subscribe").GetProperty("data");
    }

    public async Task<long> PushAsync(string doc, long version, long number, params string[] updates)
    {
        var reply = await RawPushAsync(doc, version, number, updates);
        Assert.False(reply.TryGetProperty("error", out var error), $"{error}");
        return reply.GetProperty("rpc").GetProperty("data").GetProperty("version").GetInt64();
    }

    public async Task<JsonElement> FailingPushAsync(string doc, long version, long number, params string[] updates) =>
        (await RawPushAsync(doc, version, number, updates)).GetProperty("error");

    public Task<JsonElement> RawPushAsync(string doc, long version, long number, params string[] updates)
    {
        var key = Key is null ? "" : $"\"key\":\"{Key}\",";
        return Client.CommandAsync(
            "rpc", $$"""{"method":"pad.push","data":{"doc":"{{doc}}",{{key}}"version":{{version}},"c":"{{Page}}","n":{{number}},"updates":[{{string.Join(',', updates)}}]} }""");
    }

    /// <summary>Reads the text as a page that joins for the first time.</summary>
    public async Task<string> TextAsync(string doc)
    {
        await Client.CommandAsync("unsubscribe", $$"""{"channel":"pad:{{doc}}"}""");
        return (await JoinAsync(doc)).GetProperty("text").GetString()!;
    }

    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
