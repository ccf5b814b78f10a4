using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Showcase.Tests.Exchange.Streams;

/// <summary>A WebSocket of the market streams, by hand.</summary>
internal sealed class RawStream : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly byte[] _buffer = new byte[1_000_000];

    private RawStream() => _limit.CancelAfter(Limit);

    /// <summary>Connects to a path, with its query exactly as written.</summary>
    public static async Task<RawStream> OpenAsync(Uri http, string path)
    {
        var stream = new RawStream();
        await stream._socket.ConnectAsync(new Uri($"ws://{http.Authority}{path}"), stream._limit.Token);
        return stream;
    }

    public Task SendAsync(string message) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage: true, _limit.Token);

    /// <summary>Returns the next message, or null when the server closes.</summary>
    public async Task<JsonElement?> TryReadAsync()
    {
        var filled = 0;
        while (true)
        {
            var received = await _socket.ReceiveAsync(_buffer.AsMemory(filled), _limit.Token);
            if (received.MessageType == WebSocketMessageType.Close) return null;
            filled += received.Count;
            if (received.EndOfMessage) return JsonElement.Parse(_buffer.AsSpan(0, filled));
        }
    }

    /// <summary>Returns the next message that fits.</summary>
    public async Task<JsonElement> ReadAsync(Func<JsonElement, bool>? fits = null)
    {
        while (true)
        {
            var message = await TryReadAsync() ?? throw new InvalidOperationException($"The server closed: {_socket.CloseStatus} {_socket.CloseStatusDescription}.");
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
    public async Task<(int Code, string Reason)> ClosedAsync()
    {
        while (await TryReadAsync() is not null)
        {
            // What came before the close does not matter.
        }

        return ((int)_socket.CloseStatus!.Value, _socket.CloseStatusDescription ?? "");
    }

    public ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        _limit.Dispose();
        return ValueTask.CompletedTask;
    }

    private static bool IsReply(JsonElement message) =>
        message.ValueKind == JsonValueKind.Object && (message.TryGetProperty("result", out _) || message.TryGetProperty("error", out _));
}
