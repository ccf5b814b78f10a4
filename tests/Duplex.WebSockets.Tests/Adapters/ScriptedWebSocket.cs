using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;

namespace Duplex.WebSockets.Tests.Adapters;

/// <summary>A socket of another stack: the test supplies what it receives, and it stalls its sends until the test lets them go.</summary>
internal sealed class ScriptedWebSocket : WebSocket
{
    private readonly Channel<string> _received = Channel.CreateUnbounded<string>();
    private readonly Channel<string> _sent = Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource _sending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _aborted = new();
    private int _receives;

    public override WebSocketCloseStatus? CloseStatus => WebSocketCloseStatus.NormalClosure;

    public override string? CloseStatusDescription => "bye";

    public override WebSocketState State => WebSocketState.Open;

    public override string? SubProtocol => null;

    /// <summary>The number of calls of <see cref="ReceiveAsync(Memory{byte}, CancellationToken)"/>.</summary>
    public int Receives => Volatile.Read(ref _receives);

    /// <summary>Texts and close codes that were sent.</summary>
    public ChannelReader<string> Sent => _sent.Reader;

    /// <summary>The peer sends a text, or a close frame where it is null.</summary>
    public void Arrive(string? text) => _received.Writer.TryWrite(text ?? "");

    public void LetSendsGo() => _sending.TrySetResult();

    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _receives);
        var text = await _received.Reader.ReadAsync(_aborted.Token);
        if (text.Length == 0) return new ValueWebSocketReceiveResult(0, WebSocketMessageType.Close, true);
        return new ValueWebSocketReceiveResult(Encoding.ASCII.GetBytes(text, buffer.Span), WebSocketMessageType.Text, true);
    }

    public override async ValueTask SendAsync(ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        await _sending.Task.WaitAsync(_aborted.Token);
        _sent.Writer.TryWrite(Encoding.ASCII.GetString(buffer.Span));
    }

    public override async Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        await _sending.Task.WaitAsync(_aborted.Token);
        _sent.Writer.TryWrite($"close {(int)closeStatus}");
    }

    public override void Abort() => _aborted.Cancel();

    public override void Dispose() => _aborted.Dispose();

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) => throw new NotSupportedException();
}
