using System.Net.WebSockets;
using System.Text;
using Duplex.AspNetCore.Tests.WebSockets;

namespace Duplex.AspNetCore.Tests.Hub.Users;

/// <summary>A client on a WebSocket or on the body of a response.</summary>
internal sealed class SignInClient : IDisposable
{
    private readonly ClientWebSocket? _socket;
    private readonly HttpResponseMessage? _response;
    private StreamReader? _lines;

    public SignInClient(ClientWebSocket socket) => _socket = socket;

    public SignInClient(HttpResponseMessage response) => _response = response;

    /// <summary>Returns the next message; without the envelope of an event stream.</summary>
    public async Task<string> ReadAsync()
    {
        if (_socket is not null)
        {
            var buffer = new byte[16 * 1024];
            var result = await _socket.ReceiveAsync(buffer, EchoApplication.Limit);
            return result.MessageType == WebSocketMessageType.Close
                ? $"close {(int)result.CloseStatus!}"
                : Encoding.UTF8.GetString(buffer, 0, result.Count);
        }

        _lines ??= new StreamReader(await _response!.Content.ReadAsStreamAsync(EchoApplication.Limit));
        string? line;
        do
        {
            line = await _lines.ReadLineAsync(EchoApplication.Limit);
        }
        while (line?.Length == 0);
        return line ?? "end";
    }

    /// <summary>Sends commands on a WebSocket and returns the next message.</summary>
    public async Task<string> SendAsync(string commands)
    {
        await _socket!.SendAsync(Encoding.UTF8.GetBytes(commands), WebSocketMessageType.Text, true, EchoApplication.Limit);
        return await ReadAsync();
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _lines?.Dispose();
        _response?.Dispose();
    }
}
