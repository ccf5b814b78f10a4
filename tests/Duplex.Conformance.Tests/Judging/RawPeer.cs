using System.Net.Sockets;
using System.Threading.Channels;
using Duplex.Conformance.Tests.Wire;

namespace Duplex.Conformance.Tests.Judging;

/// <summary>
/// One end of a TCP connection whose other end is under test. It sends what it is told and reads frames with a
/// reader of its own, holding each against the rules that bind every sender (<see cref="SenderRules"/>).
/// </summary>
public sealed class RawPeer : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly SenderRules _rules;
    private readonly Channel<ReceivedFrame> _received = Channel.CreateUnbounded<ReceivedFrame>();
    private readonly CancellationTokenSource _limit;
    private readonly Task _reading;

    /// <param name="socket">A connection whose opening handshake is done.</param>
    /// <param name="stream">The stream over it, after the handshake's last byte.</param>
    /// <param name="isClient">Whether the judge is the client, which masks.</param>
    /// <param name="deflate">The parameters of permessage-deflate that were agreed on; null without it.</param>
    /// <param name="limit">The most that the whole case may take.</param>
    public RawPeer(Socket socket, Stream stream, bool isClient, DeflateParameters? deflate, TimeSpan limit)
    {
        _socket = socket;
        _stream = stream;
        IsClient = isClient;
        _rules = new SenderRules(senderIsClient: !isClient, deflate?.InflaterFor(messagesOfServer: isClient));
        Deflate = deflate;
        _limit = new CancellationTokenSource(limit);
        _reading = ReadAllAsync();
    }

    public bool IsClient { get; }

    /// <summary>The parameters of permessage-deflate that were agreed on; null without it.</summary>
    public DeflateParameters? Deflate { get; }

    /// <summary>Cancelled when the case has taken too long.</summary>
    public CancellationToken Limit => _limit.Token;

    public Task SendAsync(params Frame[] frames) => SendBytesAsync(frames.SelectMany(frame => frame.Encode(IsClient)).ToArray());

    /// <summary>Sends bytes in pieces of <paramref name="chop"/>, each in a segment of its own.</summary>
    public Task SendBytesAsync(ReadOnlyMemory<byte> bytes, int chop = int.MaxValue) =>
        // The other end may refuse the rest after a violation; what it answered decides the case.
        TrySendBytesAsync(bytes, chop);

    /// <summary>Sends bytes, and says whether the other end still takes them.</summary>
    public async Task<bool> TrySendBytesAsync(ReadOnlyMemory<byte> bytes, int chop = int.MaxValue)
    {
        try
        {
            for (var sent = 0; sent < bytes.Length; sent += Math.Min(chop, bytes.Length - sent))
            {
                await _stream.WriteAsync(bytes.Slice(sent, Math.Min(chop, bytes.Length - sent)), Limit);
            }

            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The next frame, or null when the other end has ended its side of the connection.</summary>
    public async Task<ReceivedFrame?> ReceiveAsync()
    {
        try
        {
            return await _received.Reader.ReadAsync(Limit);
        }
        catch (ChannelClosedException closed) when (closed.InnerException is null)
        {
            return null;
        }
        catch (ChannelClosedException closed)
        {
            throw closed.InnerException!;
        }
        catch (OperationCanceledException)
        {
            throw new ViolationException("Nothing came within the time limit.");
        }
    }

    /// <summary>The next message, reassembled and inflated, however many frames it came in.</summary>
    public async Task<(int Opcode, byte[] Payload)> ReceiveMessageAsync()
    {
        while (await ReceiveAsync() is { } frame)
        {
            if (frame.IsControl) throw new ViolationException($"Expected a message, got {frame}.");
            if (frame.IsFinal) return TakeMessage();
        }

        throw new ViolationException("Expected a message, the connection ended.");
    }

    /// <summary>The message whose last frame was just received.</summary>
    public (int Opcode, byte[] Payload) TakeMessage() =>
        _rules.Messages.TryDequeue(out var message) ? message : throw new ViolationException("A final frame without a message.");

    /// <summary>Says that the judge sends no more, as a TCP FIN.</summary>
    public void EndSending()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // Already gone, which is what the case wants to see next.
        }
    }

    /// <summary>Lets the other end's reading side see a reset instead of an orderly end.</summary>
    public void Reset() => _socket.Close(0);

    public async ValueTask DisposeAsync()
    {
        await _limit.CancelAsync();
        await _stream.DisposeAsync();
        _socket.Dispose();
        await _reading;
        _limit.Dispose();
    }

    private async Task ReadAllAsync()
    {
        try
        {
            while (await ReceivedFrame.ReadAsync(_stream, Limit) is { } frame)
            {
                _rules.Check(frame);
                _received.Writer.TryWrite(frame);
            }

            _received.Writer.Complete();
        }
        catch (Exception exception)
        {
            _received.Writer.Complete(exception);
        }
    }
}
