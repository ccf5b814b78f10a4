using System.Buffers;
using Duplex.Protocol.Framing;

namespace Duplex.Protocol.Pings;

/// <summary>
/// Decides which pings of one read are answered. Each of the first few is, in order, so that what a peer receives does not
/// depend on how the network cut its bytes. RFC 6455 section 5.5.3 requires the newest pong alone, so a flood beyond them is
/// answered by that one. Holds memory of the pool only while a ping is kept. A mutable struct: never copy it.
/// </summary>
internal struct PongPolicy
{
    /// <summary>
    /// Limit: pings of one read that are answered one by one; of further ones the newest is answered (RFC 6455 section
    /// 5.5.3).
    /// </summary>
    private const int MaxEach = 16;

    private byte[]? _newest;
    private byte _newestLength;
    private byte _count;

    /// <summary>Returns whether this ping is answered at once. Otherwise it is kept in place of the one kept before.</summary>
    /// <param name="payload">The ping's payload.</param>
    /// <param name="isWritable">Whether the output is below its high-water mark: otherwise the answers would pile up.</param>
    public bool AnswersNow(ReadOnlySpan<byte> payload, bool isWritable)
    {
        if (isWritable && _count < MaxEach)
        {
            _count++;
            return true;
        }

        _newest ??= ArrayPool<byte>.Shared.Rent(FrameWriter.MaxControlPayloadBytes);
        payload.CopyTo(_newest);
        _newestLength = (byte)payload.Length;
        return false;
    }

    /// <summary>The ping that was kept; its payload is valid until <see cref="Release"/>.</summary>
    public readonly bool TryGetNewest(out ReadOnlySpan<byte> payload)
    {
        payload = _newest.AsSpan(0, _newest is null ? 0 : _newestLength);
        return _newest is not null;
    }

    /// <summary>Forgets the ping that was kept.</summary>
    public void Release()
    {
        if (_newest is not null) ArrayPool<byte>.Shared.Return(_newest);
        _newest = null;
    }

    /// <summary>The read ends: the next one is counted anew.</summary>
    public void EndRead() => _count = 0;
}
