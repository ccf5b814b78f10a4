using System.Net.WebSockets;
using Showcase.Tests.Wire;

namespace Showcase.Tests.Stage;

/// <summary>A WebSocket of a stage's media, by hand.</summary>
internal sealed class RawMedia(RawSocket socket) : IAsyncDisposable
{
    public static async Task<RawMedia> OpenAsync(Uri http, string path, int? port = null)
    {
        var address = new UriBuilder(new Uri(http, path)) { Scheme = "ws", Port = port ?? http.Port };
        return new RawMedia(await RawSocket.OpenAsync(address.Uri));
    }

    public Task SendAsync(byte[] message, WebSocketMessageType type = WebSocketMessageType.Binary) => socket.SendAsync(message, type);

    /// <summary>Returns the next message, or null when the server closes.</summary>
    public Task<byte[]?> ReadAsync() => socket.ReadAsync();

    /// <summary>Reads until the server closes, and returns the code and the reason.</summary>
    public Task<(int Code, string Reason)> ClosedAsync() => socket.ClosedAsync();

    public ValueTask DisposeAsync() => socket.DisposeAsync();
}
