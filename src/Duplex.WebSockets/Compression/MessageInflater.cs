using System.Buffers;
using Duplex.Protocol.Extensions;
using Duplex.Protocol.Messages;
using static Duplex.WebSockets.Compression.NativeZlib;

namespace Duplex.WebSockets.Compression;

/// <summary>
/// Inflates the messages that one connection receives, and stops as soon as one exceeds its limit. RFC 7692 section 7.2.2.
/// Holds native memory while a message is in progress, and with context takeover from the first compressed message until
/// disposal.
/// </summary>
internal sealed class MessageInflater : IMessageInflater
{
    // RFC 7692 section 7.2.2: the tail that the sender removed, and then a witness byte that zlib leaves unread if and only
    // if a block ends with the tail. A message that was cut inside a block, or inside its code tables, consumes the witness
    // as well.
    private static ReadOnlySpan<byte> TailAndWitness => [0x00, 0x00, 0xFF, 0xFF, 0x00];

    private readonly bool _keepsContext;
    private InflateState? _state;

    // Whether no block is open: no data was read yet, or the data read ended with a final block.
    private bool _isComplete = true;
    private bool _isDisposed;

    /// <summary>Creates the inflating side of a connection.</summary>
    /// <param name="role">The local role; the peer's half of the agreement applies to received messages.</param>
    /// <param name="agreement">The negotiated parameters.</param>
    public MessageInflater(Role role, in DeflateAgreement agreement) =>
        _keepsContext = !(role == Role.Server ? agreement.ClientNoContextTakeover : agreement.ServerNoContextTakeover);

    /// <inheritdoc/>
    public InflateResult Inflate(ReadOnlySpan<byte> compressed, bool isFinal, IBufferWriter<byte> output, int maxBytes)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentNullException.ThrowIfNull(output);
        var state = _state ??= StatePools.Inflate.Rent();
        var result = Run(state, compressed, output, maxBytes);
        if (result == InflateResult.Ok && isFinal)
        {
            // RFC 7692 section 7.2.3.4: a message may end with a final block, which leaves no block open.
            if (!_isComplete && !EndsWithTail(state)) result = InflateResult.Corrupt;
            _isComplete = true;
            if (!_keepsContext) Release();
        }

        if (result != InflateResult.Ok) Release();
        return result;
    }

    /// <summary>Releases the native memory.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        Release();
    }

    private unsafe InflateResult Run(InflateState state, ReadOnlySpan<byte> compressed, IBufferWriter<byte> output, int maxBytes)
    {
        if (compressed.IsEmpty) return InflateResult.Ok;
        var stream = state.Stream;
        byte beyond;
        fixed (byte* input = compressed)
        {
            stream->NextIn = input;
            stream->AvailableIn = (uint)compressed.Length;
            while (true)
            {
                // At the limit one more byte is requested, which distinguishes a message that ends there from one that
                // continues.
                var span = maxBytes > 0 ? output.GetSpan() : new Span<byte>(&beyond, 1);
                var room = maxBytes > 0 ? Math.Min(span.Length, maxBytes) : 1;
                int code;
                fixed (byte* destination = span)
                {
                    stream->NextOut = destination;
                    stream->AvailableOut = (uint)room;
                    code = NativeZlib.Inflate(stream, SyncFlush);
                }

                var written = room - (int)stream->AvailableOut;
                if (written > 0)
                {
                    if (maxBytes == 0) return InflateResult.TooBig;
                    output.Advance(written);
                    maxBytes -= written;
                }

                if (code is not (Ok or StreamEnd or BufferError)) return InflateResult.Corrupt;
                _isComplete = code == StreamEnd;
                if (code == StreamEnd)
                {
                    // zlib's reset drops the window. A peer that ends streams starts its own window anew as well; a
                    // reference farther back is reported as corrupt rather than misread.
                    var (next, available) = ((nint)stream->NextIn, stream->AvailableIn);
                    state.Reset();
                    stream->NextIn = (byte*)next;
                    stream->AvailableIn = available;
                    if (available == 0) return InflateResult.Ok;
                }
                else if (stream->AvailableOut > 0)
                {
                    return InflateResult.Ok;
                }
            }
        }
    }

    /// <summary>Appends the tail and returns whether it ends a block without any inflated output.</summary>
    private static unsafe bool EndsWithTail(InflateState state)
    {
        var stream = state.Stream;
        byte beyond;
        fixed (byte* input = TailAndWitness)
        {
            stream->NextIn = input;
            stream->AvailableIn = (uint)TailAndWitness.Length;
            stream->NextOut = &beyond;
            stream->AvailableOut = 1;
            // Each call ends at the end of a block; the message's last bits may hold the ends of blocks before the tail's.
            int code;
            uint before;
            do
            {
                before = stream->AvailableIn;
                code = NativeZlib.Inflate(stream, BlockFlush);
            }
            while (code == Ok && stream->AvailableOut > 0 && stream->AvailableIn > 1 && stream->AvailableIn < before);

            var isEnd = code is Ok or StreamEnd && stream->AvailableOut > 0 && stream->AvailableIn == 1;
            // The empty block at the end of the message may be a final one, which ends the stream like any final block.
            if (code == StreamEnd) state.Reset();
            return isEnd;
        }
    }

    private void Release()
    {
        var state = Interlocked.Exchange(ref _state, null);
        _isComplete = true;
        if (state is null) return;
        state.Reset();
        StatePools.Inflate.Return(state);
    }
}
