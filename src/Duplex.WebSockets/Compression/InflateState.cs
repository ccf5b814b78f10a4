using static Duplex.WebSockets.Compression.NativeZlib;

namespace Duplex.WebSockets.Compression;

/// <summary>
/// Represents a native stream that inflates, always with the largest window: it takes the same memory, and with a smaller
/// one zlib would detect a reference that is too far for some splits of the input only.
/// </summary>
internal sealed unsafe class InflateState : ZlibState
{
    private const int WindowBits = 15;

    public InflateState() => ThrowIfFailed(InflateInit(Stream, -WindowBits));

    /// <summary>Drops the window and starts a new stream.</summary>
    public void Reset() => ThrowIfFailed(InflateReset(Stream, -WindowBits));

    protected override void End(ZlibStream* stream) => _ = InflateEnd(stream);
}
