using static Duplex.WebSockets.Compression.NativeZlib;

namespace Duplex.WebSockets.Compression;

/// <summary>
/// A native stream that inflates, always with the largest window: it costs the same memory here, and with a smaller
/// one zlib would notice a reference that is too far only for some cuts of the input.
/// </summary>
internal sealed unsafe class InflateState : ZlibState
{
    private const int WindowBits = 15;

    public InflateState() => ThrowIfFailed(InflateInit(Stream, -WindowBits));

    /// <summary>Forgets the window and starts a new stream.</summary>
    public void Reset() => ThrowIfFailed(InflateReset(Stream, -WindowBits));

    protected override void End(ZlibStream* stream) => _ = InflateEnd(stream);
}
