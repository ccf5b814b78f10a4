using System.Diagnostics.CodeAnalysis;

namespace Duplex.Centrifuge.Session;

/// <summary>What a client has sent and nobody has worked on yet: the rest of the current frame, and those after it. Exists only while there is some.</summary>
internal sealed class PendingFrames(int maxBytes)
{
    // What keeping a frame costs besides its bytes, so that empty ones are bounded in number too.
    private const int FrameOverheadBytes = 64;

    private readonly Queue<byte[]> _frames = new();
    private byte[]? _rest;
    private long _bytes;

    /// <summary>Keeps a frame that arrived; false when there is no room for it.</summary>
    public bool TryAdd(ReadOnlySpan<byte> frame)
    {
        _bytes += frame.Length + FrameOverheadBytes;
        if (_bytes > maxBytes) return false;
        _frames.Enqueue(frame.ToArray());
        return true;
    }

    /// <summary>Keeps what is left of the frame that is being worked on.</summary>
    public void KeepRest(ReadOnlySpan<byte> rest) => _rest = rest.ToArray();

    /// <summary>Takes what is next.</summary>
    public bool TryTake([NotNullWhen(true)] out byte[]? frame, out bool isRest)
    {
        (frame, isRest) = (_rest, _rest is not null);
        _rest = null;
        if (frame is not null) return true;
        if (!_frames.TryDequeue(out frame)) return false;
        _bytes -= frame.Length + FrameOverheadBytes;
        return true;
    }
}
