using Duplex.Conformance.Tests.Wire;

namespace Duplex.Conformance.Tests.Cases;

/// <summary>A message cut into frames.</summary>
public static class Fragments
{
    public static Frame[] Of(int opcode, byte[] message, int size)
    {
        Frame[] frames = [.. message.Chunk(size).Select((piece, index) => new Frame(index == 0 ? opcode : 0, piece) { IsFinal = false })];
        frames[^1] = frames[^1] with { IsFinal = true };
        return frames;
    }
}
