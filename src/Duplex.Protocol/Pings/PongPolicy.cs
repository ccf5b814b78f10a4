using System.Buffers;
using Duplex.Protocol.Framing;

namespace Duplex.Protocol.Pings;

/// <summary>
/// Decides which pings of one read are answered. The first pings are each answered in order, so that the answers do not
/// depend on how the network splits the bytes. RFC 6455 section 5.5.3 requires a pong for the newest ping only, so a flood
/// of further pings gets one pong. Holds pooled memory only while it retains a ping. A mutable struct: never copy it.
/// </summary>
internal struct PongPolicy
{
    /// <summary>
    /// Limit: pings of one read that are answered individually; of further ones only the newest is answered (RFC 6455
    /// section 5.5.3).
    /// </summary>
    private const int MaxEach = 16;

    private byte[]? _newest;
    private byte _newestLength;
    private byte _count;

    /// <summary>Returns whether this ping is answered at once; otherwise it replaces the retained one.</summary>
    /// <param name="payload">The payload of the ping.</param>
    /// <param name="isWritable">Whether the output is below its high-water mark; above it, answers would accumulate.</param>
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

    /// <summary>Returns the retained ping; its payload is valid until <see cref="Release"/>.</summary>
    public readonly bool TryGetNewest(out ReadOnlySpan<byte> payload)
    {
        payload = _newest.AsSpan(0, _newest is null ? 0 : _newestLength);
        return _newest is not null;
    }

    /// <summary>Drops the retained ping.</summary>
    public void Release()
    {
        if (_newest is not null) ArrayPool<byte>.Shared.Return(_newest);
        _newest = null;
    }

    /// <summary>Ends the read and resets the count of pings.</summary>
    public void EndRead() => _count = 0;
}
