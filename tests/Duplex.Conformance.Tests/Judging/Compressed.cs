using Duplex.Conformance.Tests.Wire;

namespace Duplex.Conformance.Tests.Judging;

/// <summary>Frames of compressed messages: RSV1 on the first only. RFC 7692 section 6.</summary>
public static class Compressed
{
    public static Frame[] Message(int opcode, byte[] deflated, int fragments = 1)
    {
        var size = Math.Max(1, (deflated.Length + fragments - 1) / fragments);
        Frame[] frames = [.. deflated.Chunk(size).Select((piece, index) => new Frame(index == 0 ? opcode : 0, piece)
        {
            ReservedBits = index == 0 ? 4 : 0,
            IsFinal = (index + 1) * size >= deflated.Length,
        })];
        return frames;
    }
}
