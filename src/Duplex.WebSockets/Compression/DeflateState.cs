using static Duplex.WebSockets.Compression.NativeZlib;

namespace Duplex.WebSockets.Compression;

/// <summary>Represents a native stream that compresses.</summary>
internal sealed unsafe class DeflateState : ZlibState
{
    public DeflateState(DeflateSettings settings)
    {
        // zlib has no raw stream with a window of 256 bytes. Run-length matches reach back one byte only, whatever the
        // window, so this strategy always satisfies 8 bits.
        var isTiny = settings.WindowBits == 8;
        ThrowIfFailed(DeflateInit(
            Stream,
            settings.Level,
            DeflatedMethod,
            -(isTiny ? 9 : settings.WindowBits),
            settings.MemoryLevel,
            isTiny ? RunLengthStrategy : DefaultStrategy));
    }

    protected override void End(ZlibStream* stream) => _ = DeflateEnd(stream);
}
