using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Showcase.Tests.Wire;

namespace Showcase.Tests.Exchange.Streams;

/// <summary>A WebSocket of the market streams, by hand.</summary>
internal sealed class RawStream(RawSocket socket) : IAsyncDisposable
{
    /// <summary>Connects to a path, with its query exactly as written.</summary>
    public static async Task<RawStream> OpenAsync(Uri http, string path) => new(await RawSocket.OpenAsync(new Uri($"ws://{http.Authority}{path}")));

    public Task SendAsync(string message) => socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text);

    /// <summary>Returns the next message, or null when the server closes.</summary>
    public async Task<JsonElement?> TryReadAsync() => await socket.ReadAsync() is { } message ? JsonElement.Parse(message) : null;

    /// <summary>Returns the next message that fits.</summary>
    public async Task<JsonElement> ReadAsync(Func<JsonElement, bool>? fits = null)
    {
        while (true)
        {
            var message = await TryReadAsync() ?? throw new InvalidOperationException($"The server closed: {await ClosedAsync()}.");
            if (fits is null || fits(message)) return message;
        }
    }

    /// <summary>Sends a request and returns the text of its reply.</summary>
    public async Task<string> RequestAsync(string message)
    {
        await SendAsync(message);
        return (await ReadAsync(static reply => IsReply(reply))).GetRawText();
    }

    /// <summary>Reads until the server closes, and returns the code and the reason.</summary>
    public Task<(int Code, string Reason)> ClosedAsync() => socket.ClosedAsync();

    public ValueTask DisposeAsync() => socket.DisposeAsync();

    private static bool IsReply(JsonElement message) =>
        message.ValueKind == JsonValueKind.Object && (message.TryGetProperty("result", out _) || message.TryGetProperty("error", out _));
}
