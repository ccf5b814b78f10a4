using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Compression;

/// <summary>Represents the compressed frames of a message: one for each window size that its receivers negotiated.</summary>
internal sealed class CompressedFrames(PreparedMessage message)
{
    private const int SmallestWindowBits = 8, WindowSizes = 8;

    private readonly Lock _lock = new();
    private readonly PreparedMessage?[] _frames = new PreparedMessage?[WindowSizes];

    /// <summary>Returns the frame for a window, or the message itself when compression does not make it shorter.</summary>
    public PreparedMessage Get(DeflateSettings settings)
    {
        ref var frame = ref _frames[settings.WindowBits - SmallestWindowBits];
        if (Volatile.Read(ref frame) is { } ready) return ready;

        // The lock is held during compression: many connections need the same bytes at once, and waiting costs less than
        // compressing them again.
        lock (_lock)
        {
            return frame ?? (frame = Make(settings));
        }
    }

    /// <summary>Releases the frames when the message is released.</summary>
    public void Release()
    {
        foreach (var frame in _frames)
            if (frame != message) frame?.Release();
    }

    private PreparedMessage Make(DeflateSettings settings)
    {
        using var compressed = MessageDeflater.CompressAlone(message.Payload.Span, settings);
        return compressed.Span.Length < message.Payload.Length
            ? PreparedMessage.Create(compressed.Span, message.Type, isCompressed: true)
            : message;
    }
}
