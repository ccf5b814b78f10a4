using Duplex.WebSockets.Messages;
using Showcase.Exchange.PublicData;

namespace Showcase.Exchange.Streams;

/// <summary>
/// An event of a stream. Each of its forms is framed once, by the first shard that needs it, and sent to every subscriber.
/// Reference-counted: the last release returns the memory of the frames. Safe from any thread.
/// </summary>
/// <param name="stream">The stream.</param>
/// <param name="value">The payload.</param>
/// <param name="isConflated">Whether a later event of the stream replaces this one for a slow subscriber.</param>
internal sealed class StreamEvent(MarketStream stream, PublicValue value, bool isConflated)
{
    private readonly Lock _lock = new();
    private readonly PreparedMessage?[] _frames = new PreparedMessage?[4];
    private int _references = 1;

    public MarketStream Stream => stream;

    public bool IsConflated => isConflated;

    public void Retain() => Interlocked.Increment(ref _references);

    public void Release()
    {
        if (Interlocked.Decrement(ref _references) > 0) return;
        foreach (var frame in _frames) frame?.Release();
    }

    /// <summary>Returns the frame of a form. The caller holds a reference to the event while it uses the frame.</summary>
    /// <param name="isCombined">Whether the payload is wrapped with the name of the stream.</param>
    /// <param name="isMicroseconds">Whether times are in microseconds.</param>
    public PreparedMessage FrameOf(bool isCombined, bool isMicroseconds)
    {
        ref var frame = ref _frames[(isCombined ? 2 : 0) + (isMicroseconds ? 1 : 0)];
        lock (_lock)
        {
            var form = isCombined ? StreamPayloads.Combined(stream.Name, value) : value;
            return frame ??= PreparedMessage.Create(
                PublicJson.Encode(form, isMicroseconds ? PublicJson.Microseconds : 1).Span, MessageType.Text);
        }
    }
}
