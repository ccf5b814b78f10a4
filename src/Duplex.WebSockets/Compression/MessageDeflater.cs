using System.Buffers;
using Duplex.Protocol.Extensions;
using Duplex.Protocol.Messages;
using static Duplex.WebSockets.Compression.NativeZlib;

namespace Duplex.WebSockets.Compression;

/// <summary>
/// Compresses the messages that one connection sends. RFC 7692 section 7.2.1. Not safe for concurrent use. Holds native
/// memory only with context takeover, from the first compressed message until disposal.
/// </summary>
internal sealed class MessageDeflater : IDisposable
{
    // RFC 7692 section 7.2.1: the sender removes the tail of a flush.
    private const int TailBytes = 4;

    private readonly int _minMessageBytes;
    private readonly bool _keepsContext;
    private DeflateState? _state;
    private bool _isDisposed;

    /// <summary>Creates the compressing side of a connection.</summary>
    /// <param name="role">The local role, which selects the half of the agreement that applies to sent messages.</param>
    /// <param name="agreement">The negotiated parameters.</param>
    /// <param name="options">The options with the level, the memory level and the smallest message to compress.</param>
    public MessageDeflater(Role role, in DeflateAgreement agreement, DeflateOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var windowBits = role == Role.Server ? agreement.ServerMaxWindowBits : agreement.ClientMaxWindowBits;
        _keepsContext = !(role == Role.Server ? agreement.ServerNoContextTakeover : agreement.ClientNoContextTakeover);
        Settings = new DeflateSettings(windowBits, options.Level, options.MemoryLevel);
        _minMessageBytes = options.MinMessageBytes;
        Options = options;
    }

    internal DeflateSettings Settings { get; }

    internal DeflateOptions Options { get; }

    /// <summary>
    /// Compresses a whole message, unless it is shorter than the options require or compression does not make it shorter.
    /// </summary>
    /// <param name="payload">The message.</param>
    /// <param name="compressed">The payload to send with RSV1 set; the caller disposes it.</param>
    /// <returns>False when the message is to be sent uncompressed.</returns>
    public bool TryCompress(ReadOnlySpan<byte> payload, out CompressedPayload compressed)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        compressed = default;
        if (payload.Length < _minMessageBytes) return false;
        if (_keepsContext)
        {
            // Data that entered the window must reach the peer's window too, so the result is sent even if it is longer.
            compressed = payload.IsEmpty ? EmptyBlock() : Compress(_state ??= new DeflateState(Settings), payload, SyncFlush);
            return true;
        }

        compressed = CompressAlone(payload, Settings);
        if (compressed.Span.Length < payload.Length || payload.Length == 0) return true;
        compressed.Dispose();
        compressed = default;
        return false;
    }

    /// <summary>
    /// Compresses the next part of a message that is sent in several, flushed so that the peer can inflate all of it. The
    /// message must be finished before another is compressed.
    /// </summary>
    /// <param name="payload">The part; empty only if it is the last.</param>
    /// <param name="isLast">Whether the part ends the message.</param>
    /// <returns>The payload to send, with RSV1 set on the first part's frame; the caller disposes it.</returns>
    public CompressedPayload CompressPart(ReadOnlySpan<byte> payload, bool isLast)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_keepsContext && payload.IsEmpty) return EmptyBlock();
        var state = _state ??= _keepsContext ? new DeflateState(Settings) : StatePools.Deflate(Settings).Rent();
        if (!isLast || _keepsContext) return Compress(state, payload, SyncFlush, keepsTail: !isLast);

        var compressed = Compress(state, payload, FullFlush);
        _state = null;
        StatePools.Deflate(Settings).Return(state);
        return compressed;
    }

    /// <summary>
    /// Drops the window. Call it after the peer was sent a compressed message that did not pass through this object: the
    /// peer's window has then advanced, and this one no longer matches it.
    /// </summary>
    public void Forget()
    {
        _state?.Dispose();
        _state = null;
    }

    /// <summary>Releases the native memory. Compression is impossible afterwards.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        Forget();
    }

    /// <summary>Compresses a message without references to earlier messages, with a pooled state.</summary>
    internal static CompressedPayload CompressAlone(ReadOnlySpan<byte> payload, DeflateSettings settings)
    {
        if (payload.IsEmpty) return EmptyBlock();
        var pool = StatePools.Deflate(settings);
        var state = pool.Rent();

        // A full flush resets the state, so that it can be returned to the pool.
        var compressed = Compress(state, payload, FullFlush);
        pool.Return(state);
        return compressed;
    }

    // RFC 7692 section 7.2.3.6: a flush without new data writes no bytes, but an empty message is one zero byte.
    private static CompressedPayload EmptyBlock()
    {
        var zero = ArrayPool<byte>.Shared.Rent(1);
        zero[0] = 0;
        return new CompressedPayload(zero, 1);
    }

    private static unsafe CompressedPayload Compress(DeflateState state, ReadOnlySpan<byte> payload, int flush, bool keepsTail = false)
    {
        // The size holds nearly every message in one call: incompressible data grows a little.
        var buffer = ArrayPool<byte>.Shared.Rent(payload.Length + (payload.Length >> 3) + 64);
        var length = 0;
        var stream = state.Stream;
        fixed (byte* input = payload)
        {
            stream->NextIn = input;
            stream->AvailableIn = (uint)payload.Length;
            while (true)
            {
                fixed (byte* output = &buffer[length])
                {
                    var room = buffer.Length - length;
                    stream->NextOut = output;
                    stream->AvailableOut = (uint)room;
                    var result = Deflate(stream, flush);
                    length += room - (int)stream->AvailableOut;
                    if (result is not (Ok or BufferError)) throw new InvalidOperationException($"zlib failed to compress (result {result}).");
                    if (stream->AvailableOut > 0) break;
                }

                buffer = Grow(buffer, length);
            }

            stream->NextIn = null;
        }

        return new CompressedPayload(buffer, keepsTail ? length : length - TailBytes);
    }

    private static byte[] Grow(byte[] buffer, int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(2 * buffer.Length);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
