using System.Net.WebSockets;

namespace Showcase.Tests.Wire;

/// <summary>A WebSocket without a client library, whose reads end with the test.</summary>
internal sealed class RawSocket : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly byte[] _buffer = new byte[1_000_000];

    private RawSocket() => _limit.CancelAfter(Limit);

    public static async Task<RawSocket> OpenAsync(Uri address)
    {
        var socket = new RawSocket();
        await socket._socket.ConnectAsync(address, socket._limit.Token);
        return socket;
    }

    public Task SendAsync(byte[] message, WebSocketMessageType type) => _socket.SendAsync(message, type, endOfMessage: true, _limit.Token);

    /// <summary>Returns the next message, or null when the server closes.</summary>
    public async Task<byte[]?> ReadAsync()
    {
        var filled = 0;
        while (true)
        {
            var received = await _socket.ReceiveAsync(_buffer.AsMemory(filled), _limit.Token);
            if (received.MessageType == WebSocketMessageType.Close) return null;
            filled += received.Count;
            if (received.EndOfMessage) return _buffer[..filled];
        }
    }

    /// <summary>Reads until the server closes, and returns the code and the reason.</summary>
    public async Task<(int Code, string Reason)> ClosedAsync()
    {
        while (_socket.CloseStatus is null && await ReadAsync() is not null)
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
}
