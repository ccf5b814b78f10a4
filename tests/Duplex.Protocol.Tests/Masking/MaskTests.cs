using CsCheck;
using Duplex.Protocol.Masking;

namespace Duplex.Protocol.Tests.Masking;

/// <summary>RFC 6455 section 5.3 against its own formula.</summary>
public sealed class MaskTests
{
    [Fact]
    public void Every_length_and_alignment_follows_the_formula()
    {
        var key = new byte[] { 0x37, 0xfa, 0x21, 0x3d };
        var buffer = Enumerable.Range(0, 400).Select(i => (byte)(i * 7)).ToArray();
        for (var start = 0; start < 9; start++)
        {
            for (var length = 0; length < 300; length++)
            {
                var copy = buffer.ToArray();
                Mask.Apply(copy.AsSpan(start, length), Mask.ReadKey(key));
                var expected = buffer.ToArray();
                for (var i = 0; i < length; i++) expected[start + i] ^= key[i % 4];
                Assert.Equal(expected, copy);
            }
        }
    }

    [Fact]
    public void Masking_twice_is_identity() => Gen.Select(Gen.Byte.Array[0, 2000], Gen.UInt).Sample((payload, key) =>
    {
        var copy = payload.ToArray();
        Mask.Apply(copy, key);
        Mask.Apply(copy, key);
        return copy.AsSpan().SequenceEqual(payload);
    });

    [Fact]
    public void Masking_in_pieces_is_masking_whole() => Gen.Select(Gen.Byte.Array[0, 500], Gen.UInt, Gen.Int[0, 500]).Sample((payload, key, at) =>
    {
        at = Math.Min(at, payload.Length);
        var whole = payload.ToArray();
        var pieces = payload.ToArray();
        var keyAfter = Mask.Apply(whole, key);
        var keyBetween = Mask.Apply(pieces.AsSpan(0, at), key);
        return Mask.Apply(pieces.AsSpan(at), keyBetween) == keyAfter && whole.AsSpan().SequenceEqual(pieces);
    });
}
