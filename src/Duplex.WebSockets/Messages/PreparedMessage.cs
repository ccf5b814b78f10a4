using Duplex.Execution;
using Duplex.Protocol.Framing;
using Duplex.WebSockets.Compression;
using Duplex.WebSockets.Memory;

namespace Duplex.WebSockets.Messages;

/// <summary>
/// Represents a message framed once as a server sends it (unmasked, RFC 6455 section 5.1), so that the same bytes are sent
/// to any number of connections. Reference-counted: the message starts with one reference, and the last release returns its
/// memory.
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

    /// <summary>The type of the message: text or binary.</summary>
    public MessageType Type { get; }

    /// <summary>The message without its frame.</summary>
    public ReadOnlyMemory<byte> Payload => Frame[_headerLength..];

    /// <summary>The finished frame, header included. Its memory is pinned, so the kernel can read from it.</summary>
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

    /// <summary>Creates a message from a payload, which is copied.</summary>
    /// <exception cref="ArgumentException">The message is text and not UTF-8.</exception>
    public static PreparedMessage Create(ReadOnlySpan<byte> payload, MessageType type)
    {
        MessageText.Check(payload, type);
        return Create(payload, type, isCompressed: false);
    }

    /// <summary>
    /// Returns the frame for a connection that compresses. The first caller creates it for each window size in use while
    /// others wait for the result (RFC 7692 without context takeover); when the message is too short or compression does not
    /// make it shorter, this message itself is returned. The frame lives as long as this message. Safe from any thread that
    /// holds a reference.
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
