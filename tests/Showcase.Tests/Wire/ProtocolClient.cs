using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Showcase.Tests.Wire;

/// <summary>A third party's WebSocket that speaks the client protocol in JSON by hand.</summary>
internal sealed class ProtocolClient : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly Channel<JsonElement> _pushes = Channel.CreateUnbounded<JsonElement>();
    private readonly Dictionary<int, TaskCompletionSource<JsonElement>> _replies = [];
    private readonly StringBuilder _received = new();
    private readonly SemaphoreSlim _sending = new(1);
    private Task _reading = Task.CompletedTask;
    private int _lastId;

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    /// <summary>Everything that the server has sent.</summary>
    public string Received
    {
        get
        {
            lock (_received) return _received.ToString();
        }
    }

    public string? CloseReason => _socket.CloseStatusDescription;

    public static async Task<ProtocolClient> OpenAsync(Uri http, TimeSpan? limit = null)
    {
        var client = new ProtocolClient();
        client._limit.CancelAfter(limit ?? Limit);
        await client._socket.ConnectAsync(new UriBuilder(http) { Scheme = "ws", Path = "/connection/websocket" }.Uri, client._limit.Token);
        client._reading = client.ReadAsync();
        return client;
    }

    public Task<JsonElement> ConnectAsync(string parameters) => ResultAsync("connect", parameters);

    /// <summary>Subscribes to a channel; type 1 is a map.</summary>
    public Task<JsonElement> SubscribeAsync(string channel, string data = "null", int type = 0) =>
        ResultAsync("subscribe", $$"""{"channel":"{{channel}}","data":{{data}},"type":{{type}}}""");

    /// <summary>Calls a method and returns its result; undefined when it has none.</summary>
    public async Task<JsonElement> CallAsync(string method, string data) =>
        (await ResultAsync("rpc", $$"""{"method":"{{method}}","data":{{data}}}""")).TryGetProperty("data", out var result) ? result : default;

    public async Task<JsonElement> FailingCallAsync(string method, string data) =>
        (await CommandAsync("rpc", $$"""{"method":"{{method}}","data":{{data}}}""")).GetProperty("error");

    /// <summary>Sends a command and returns its reply, error or not.</summary>
    public async Task<JsonElement> CommandAsync(string command, string parameters)
    {
        var reply = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        int id;
        lock (_replies) _replies[id = ++_lastId] = reply;
        await SendAsync($$"""{"id":{{id}},"{{command}}":{{parameters}}}""");
        return await reply.Task.WaitAsync(_limit.Token);
    }

    public async Task SendAsync(string text)
    {
        await _sending.WaitAsync(_limit.Token);
        try
        {
            await _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, _limit.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The data of the next publication of a channel that fits; earlier pushes are skipped.</summary>
    public async Task<JsonElement> PublicationAsync(string channel, Func<JsonElement, bool>? fits = null)
    {
        while (true)
        {
            var data = (await PushAsync(channel)).GetProperty("data");
            if (fits is null || fits(data)) return data;
        }
    }

    /// <summary>The next publication of a channel as it was sent; earlier pushes are skipped.</summary>
    public async Task<JsonElement> PushAsync(string channel)
    {
        while (true)
        {
            var push = await _pushes.Reader.ReadAsync(_limit.Token);
            if (push.TryGetProperty("channel", out var name) && name.GetString() == channel && push.TryGetProperty("pub", out var publication)) return publication;
        }
    }

    /// <summary>The data of the next one-way message; earlier pushes are skipped.</summary>
    public async Task<JsonElement> MessageAsync()
    {
        while (true)
        {
            var push = await _pushes.Reader.ReadAsync(_limit.Token);
            if (push.TryGetProperty("message", out var message)) return message.GetProperty("data");
        }
    }

    /// <summary>Waits until the server has closed the connection.</summary>
    public async Task<ProtocolClient> ClosedAsync()
    {
        await _reading.WaitAsync(_limit.Token);
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _limit.Dispose();
        _sending.Dispose();
    }

    private async Task<JsonElement> ResultAsync(string command, string parameters)
    {
        var reply = await CommandAsync(command, parameters);
        Assert.False(reply.TryGetProperty("error", out var error), $"{command} failed: {error}");
        return reply.GetProperty(command);
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[1 << 20];
        var filled = 0;
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(buffer.AsMemory(filled), _limit.Token);
                if (received.MessageType == WebSocketMessageType.Close) break;
                filled += received.Count;
                if (!received.EndOfMessage) continue;
                var text = Encoding.UTF8.GetString(buffer, 0, filled);
                lock (_received) _received.Append(text);
                foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                    await TakeAsync(JsonElement.Parse(line));
                filled = 0;
            }

            await _socket.CloseOutputAsync(_socket.CloseStatus ?? WebSocketCloseStatus.NormalClosure, null, _limit.Token);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection is gone: whoever waits sees it by the limit or by the missing code.
        }
    }

    private async Task TakeAsync(JsonElement reply)
    {
        if (reply.TryGetProperty("push", out var push)) _pushes.Writer.TryWrite(push);
        else if (!reply.TryGetProperty("id", out var id)) await SendAsync("{}");
        else
        {
            TaskCompletionSource<JsonElement>? waiting;
            lock (_replies) _replies.Remove(id.GetInt32(), out waiting);
            waiting?.TrySetResult(reply);
        }
    }
}
