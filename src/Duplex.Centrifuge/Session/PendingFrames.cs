using System.Diagnostics.CodeAnalysis;

namespace Duplex.Centrifuge.Session;

/// <summary>The received frames that wait for execution: the rest of the current frame, and those after it. Allocated only while frames wait.</summary>
internal sealed class PendingFrames(int maxBytes)
{
    // The cost of a frame besides its bytes, which also bounds the number of empty frames.
    private const int FrameOverheadBytes = 64;

    private readonly Queue<byte[]> _frames = new();
    private byte[]? _rest;
    private long _bytes;

    /// <summary>Queues a received frame; returns false if it exceeds the limit.</summary>
    public bool TryAdd(ReadOnlySpan<byte> frame)
    {
        _bytes += frame.Length + FrameOverheadBytes;
        if (_bytes > maxBytes) return false;
        _frames.Enqueue(frame.ToArray());
        return true;
    }

    /// <summary>Retains the rest of the current frame.</summary>
    public void KeepRest(ReadOnlySpan<byte> rest) => _rest = rest.ToArray();

    /// <summary>Removes the next frame, the rest of the current one first.</summary>
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
