using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Showcase.Judge.Problems;

/// <summary>Reads the text of a masked WebSocket frame (RFC 6455 5.2 and 5.3).</summary>
internal static class UnmaskFrame
{
    private const byte FinAndText = 0x81, Masked = 0x80;
    private const int LengthOf16Bits = 126, KeyBytes = 4;

    public static Problem Create()
    {
        var random = new Random(5);
        return Problem.Create(
            "unmask-a-frame",
            "Unmask a WebSocket frame",
            "The bytes of a text frame from a browser: 0x81, then 0x80 + length; a length of 126 means that the next two bytes hold the length, the high byte first. Then come the four bytes of the masking key, and the payload, in which byte i is combined by XOR with byte i % 4 of the key. Return the text, which is ASCII.",
            "function solve(bytes) {\n  return '';\n}\n",
            static input => Read(input[0].Deserialize<int[]>()!),
            [
                // RFC 6455 5.7
                [new[] { 0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58 }], [Frame("Duplex", 0x01020304)],
                [Frame("", 0)], [Frame("a", 0xFFFFFFFF)], [Frame(new string('x', 125), 7)], [Frame(new string('y', 126), 7)], [Frame(new string('z', 255), 0x80000000)],
                .. new[] { 256, 1000, 4000, 16_000, 60_000 }.Select(size => new object[] { Frame(TextOf(random, size), (uint)random.NextInt64(0, 1L << 32)) }),
            ]);
    }

    private static string Read(int[] bytes)
    {
        var (length, position) = (bytes[1] & ~Masked, 2);
        if (length == LengthOf16Bits) (length, position) = ((bytes[2] << 8) | bytes[3], 4);
        var text = new StringBuilder(length);
        for (var index = 0; index < length; index++) text.Append((char)(bytes[position + KeyBytes + index] ^ bytes[position + (index % KeyBytes)]));
        return text.ToString();
    }

    private static int[] Frame(string text, uint key)
    {
        var keyBytes = new byte[KeyBytes];
        BinaryPrimitives.WriteUInt32BigEndian(keyBytes, key);
        int[] length = text.Length < LengthOf16Bits ? [Masked | text.Length] : [Masked | LengthOf16Bits, text.Length >> 8, text.Length & 0xFF];
        return [FinAndText, .. length, .. keyBytes.Select(static part => (int)part), .. text.Select((character, index) => character ^ keyBytes[index % KeyBytes])];
    }

    private static string TextOf(Random random, int size) => string.Create(size, random, static (text, random) =>
    {
        foreach (ref var character in text) character = (char)random.Next(' ', '~' + 1);
    });
}
