using System.Text;
using CsCheck;
using Duplex.Protocol.Text;

namespace Duplex.Protocol.Tests.Text;

/// <summary>RFC 3629 against the framework, in one piece and in two.</summary>
public sealed class Utf8ValidatorTests
{
    private static readonly byte[] EdgeBytes =
        [0x61, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC2, 0xE0, 0xE2, 0xED, 0xF0, 0xF1, 0xF4, 0xFF];

    private static readonly Gen<byte[]> Bytes = Gen.OneOf(
        Gen.Byte.Array[0, 200],
        Gen.Int[0, EdgeBytes.Length - 1].Select(i => EdgeBytes[i]).Array[0, 6],
        Gen.String[Gen.OneOf(Gen.Char['a', 'z'], Gen.Char['¡', '\u07ff'], Gen.Char['\u0800', '\ud7ff']), 0, 100].Select(Encoding.UTF8.GetBytes),
        Gen.Int[0x10000, 0x10FFFF].Array[0, 40].Select(points => Encoding.UTF8.GetBytes(string.Concat(points.Select(char.ConvertFromUtf32)))));

    [Fact]
    public void Agrees_with_the_framework_on_any_bytes_in_any_two_pieces() => Gen.Select(Bytes, Gen.Int[0, 400]).Sample((bytes, at) =>
    {
        at = Math.Min(at, bytes.Length);
        var validator = new Utf8Validator();
        var isValid = validator.Append(bytes.AsSpan(0, at)) < 0 && validator.Append(bytes.AsSpan(at)) < 0 && validator.IsComplete;
        return isValid == System.Text.Unicode.Utf8.IsValid(bytes);
    }, iter: 200_000);

    [Fact]
    public void Finds_the_same_invalid_byte_whole_and_byte_by_byte() => Bytes.Sample(bytes =>
    {
        var whole = new Utf8Validator();
        var single = new Utf8Validator();
        var expected = -1;
        for (var i = 0; i < bytes.Length && expected < 0; i++)
        {
            if (single.Append(bytes.AsSpan(i, 1)) >= 0) expected = i;
        }

        return whole.Append(bytes) == expected && (expected >= 0 || whole.IsComplete == single.IsComplete);
    }, iter: 200_000);
}
