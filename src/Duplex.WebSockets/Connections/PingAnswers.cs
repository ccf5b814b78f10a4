using Duplex.Protocol.Framing;

namespace Duplex.WebSockets.Connections;

/// <summary>
/// Which pings of one read are answered. Each of the first few is, in order, so that what a peer gets back does not
/// depend on how the network cut its bytes. RFC 6455 section 5.5.3 demands the newest pong alone, so a flood beyond
/// them is answered by that one.
/// </summary>
internal ref struct PingAnswers(Span<byte> room)
{
    /// <summary>What the room holds at least.</summary>
    public const int RoomBytes = FrameWriter.MaxControlPayloadBytes;

    /// <summary>
    /// Limit: pings of one read that are answered one by one; of further ones the newest is answered (RFC 6455 section
    /// 5.5.3).
    /// </summary>
    private const int MaxEach = 16;

    private readonly Span<byte> _newest = room;
    private int _newestLength = -1;
    private int _count;

    /// <summary>Whether this ping is answered at once. Otherwise it is kept in place of the one kept before.</summary>
    public bool TakesEach(ReadOnlySpan<byte> payload)
    {
        if (_count++ < MaxEach) return true;
        _count = MaxEach;
        payload.CopyTo(_newest);
        _newestLength = payload.Length;
        return false;
    }

    /// <summary>Takes the ping that was kept.</summary>
    public bool TryTakeNewest(out ReadOnlySpan<byte> payload)
    {
        payload = _newestLength < 0 ? default : _newest[.._newestLength];
        (_newestLength, var had) = (-1, _newestLength >= 0);
        return had;
    }
}
