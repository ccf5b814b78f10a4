using System.Net.WebSockets;
using System.Text;

namespace Duplex.Server.Tests.Running;

/// <summary>A client of few words: text frames out, text frames in.</summary>
internal sealed class JsonClient : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationToken _token;

    private JsonClient(CancellationToken token) => _token = token;

    public static async Task<JsonClient> OpenAsync(ServerProcess server, params (string Name, string Value)[] headers)
    {
        var client = new JsonClient(server.Token);
        foreach (var (name, value) in headers) client._socket.Options.SetRequestHeader(name, value);
        await client._socket.ConnectAsync(server.WebSocket, server.Token);
        return client;
    }

    /// <summary>Sends a command and returns the next message that is no ping.</summary>
    public async Task<string> AskAsync(string command)
    {
        await _socket.SendAsync(Encoding.UTF8.GetBytes(command), WebSocketMessageType.Text, true, _token);
        return await NextAsync();
    }

    /// <summary>The next message, or <c>close</c>, code and reason.</summary>
    public async Task<string> NextAsync()
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (true)
        {
            var result = await _socket.ReceiveAsync(buffer.AsMemory(length), _token);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                await ReplyToCloseAsync(_socket.CloseStatus!.Value);
                return $"close {(int)_socket.CloseStatus} {_socket.CloseStatusDescription}";
            }

            length += result.Count;
            if (!result.EndOfMessage) continue;
            var text = Encoding.UTF8.GetString(buffer, 0, length);
            length = 0;
            if (text != "{}") return text;
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task ReplyToCloseAsync(WebSocketCloseStatus code)
    {
        try
        {
            await _socket.CloseOutputAsync(code, null, _token);
        }
        catch (WebSocketException exception) when (exception.WebSocketErrorCode == WebSocketError.ConnectionClosedPrematurely)
        {
            // A server that stops does not wait for the reply, and its end may arrive first.
        }
    }
}
