using Duplex.Execution;
using Duplex.Protocol.Framing;
using Duplex.WebSockets.Compression;
using Duplex.WebSockets.Memory;

namespace Duplex.WebSockets.Messages;

/// <summary>
/// A message framed once as a server sends it (unmasked, RFC 6455 section 5.1), so that the same bytes go to any
/// number of connections. Reference-counted: it starts with one reference and returns its memory with the last.
/// </summary>
public sealed class PreparedMessage : SharedFrame
{
    private byte[]? _buffer;
    private readonly int _headerLength;
    private CompressedFrames? _compressed;

    private PreparedMessage(byte[] buffer, int headerLength, int length, MessageType type)
    {
        _buffer = buffer;
        _headerLength = headerLength;
        Length = length;
        Type = type;
    }

    /// <summary>Text or binary.</summary>
    public MessageType Type { get; }

    /// <summary>The message without its frame.</summary>
    public ReadOnlyMemory<byte> Payload => Frame[_headerLength..];

    /// <summary>The finished frame, header included. Its memory never moves, so the kernel can read from it.</summary>
    public ReadOnlyMemory<byte> Frame => new(_buffer ?? throw new ObjectDisposedException(nameof(PreparedMessage)), 0, Length);

    /// <inheritdoc/>
    public override int Length { get; }

    /// <inheritdoc/>
    protected override void Free()
    {
        var buffer = Interlocked.Exchange(ref _buffer, null);
        if (buffer is not null) PinnedBuffers.Return(buffer);
        _compressed?.Release();
    }

    /// <summary>Frames a payload, which is copied.</summary>
    /// <exception cref="ArgumentException">The message is text and not UTF-8.</exception>
    public static PreparedMessage Create(ReadOnlySpan<byte> payload, MessageType type)
    {
        MessageText.Check(payload, type);
        return Create(payload, type, isCompressed: false);
    }

    /// <summary>
    /// The frame to send on a connection that compresses: made once for each window size in use, by whoever asks
    /// first, while others wait for the result (RFC 7692 without context takeover); or this message itself when
    /// compressing does not pay. Lives as long as this message. Safe from any thread, for a caller that holds a
    /// reference.
    /// </summary>
    internal PreparedMessage CompressedFor(MessageDeflater deflater)
    {
        if (Payload.Length < deflater.Options.MinMessageBytes) return this;
        if (_compressed is null) Interlocked.CompareExchange(ref _compressed, new CompressedFrames(this), null);
        var frame = _compressed.Get(deflater.Settings);
        if (frame != this) deflater.Forget();
        return frame;
    }

    internal static PreparedMessage Create(ReadOnlySpan<byte> payload, MessageType type, bool isCompressed)
    {
        var headerLength = FrameWriter.HeaderLength(payload.Length);
        var buffer = PinnedBuffers.Rent(headerLength + payload.Length);
        var length = FrameWriter.WriteFrame(buffer, (Opcode)type, payload, isCompressed: isCompressed);
        return new PreparedMessage(buffer, headerLength, length, type);
    }
}
