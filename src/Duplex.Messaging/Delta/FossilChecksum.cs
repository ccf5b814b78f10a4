using System.Buffers.Binary;

namespace Duplex.Messaging.Delta;

/// <summary>The checksum at the end of a patch: the sum of the target's big-endian 32-bit words, the last padded with zeros on the right.</summary>
internal static class FossilChecksum
{
    public static uint Compute(ReadOnlySpan<byte> target)
    {
        uint sum = 0;
        for (; target.Length >= sizeof(uint); target = target[sizeof(uint)..]) sum += BinaryPrimitives.ReadUInt32BigEndian(target);
        Span<byte> tail = stackalloc byte[sizeof(uint)];
        tail.Clear();
        target.CopyTo(tail);
        return sum + BinaryPrimitives.ReadUInt32BigEndian(tail);
    }
}
