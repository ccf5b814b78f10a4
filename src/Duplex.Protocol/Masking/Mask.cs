using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Duplex.Protocol.Masking;

/// <summary>
/// Masks and unmasks payloads as RFC 6455 section 5.3 defines: byte i of the payload is XORed with byte i modulo 4 of the
/// key, so that a second application restores the payload. A key is the four bytes as sent on the wire, read little-endian.
/// </summary>
internal static class Mask
{
    /// <summary>Reads a key from its four bytes on the wire.</summary>
    public static uint ReadKey(ReadOnlySpan<byte> wire) => BinaryPrimitives.ReadUInt32LittleEndian(wire);

    /// <summary>Masks or unmasks a payload in place.</summary>
    /// <returns>The key for the payload's next byte, so that a payload can be unmasked in slices.</returns>
    public static uint Apply(Span<byte> payload, uint key)
    {
        ref var start = ref MemoryMarshal.GetReference(payload);
        nuint offset = 0;
        var length = (nuint)payload.Length;

        if (Vector512.IsHardwareAccelerated && length >= 64)
        {
            var wide = Vector512.Create(key).AsByte();
            for (; length - offset >= 64; offset += 64)
                (Vector512.LoadUnsafe(ref start, offset) ^ wide).StoreUnsafe(ref start, offset);
        }

        if (Vector256.IsHardwareAccelerated && length - offset >= 32)
        {
            var wide = Vector256.Create(key).AsByte();
            for (; length - offset >= 32; offset += 32)
                (Vector256.LoadUnsafe(ref start, offset) ^ wide).StoreUnsafe(ref start, offset);
        }

        if (Vector128.IsHardwareAccelerated && length - offset >= 16)
        {
            var wide = Vector128.Create(key).AsByte();
            for (; length - offset >= 16; offset += 16)
                (Vector128.LoadUnsafe(ref start, offset) ^ wide).StoreUnsafe(ref start, offset);
        }

        return ApplyScalar(payload[(int)offset..], key);
    }

    private static uint ApplyScalar(Span<byte> payload, uint key)
    {
        while (payload.Length >= 4)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(payload, BinaryPrimitives.ReadUInt32LittleEndian(payload) ^ key);
            payload = payload[4..];
        }

        foreach (ref var value in payload)
        {
            value ^= (byte)key;
            key = BitOperations.RotateRight(key, 8);
        }

        return key;
    }
}
