using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Showcase.Judge.Problems;

/// <summary>Decides whether bytes are UTF-8 (RFC 3629).</summary>
internal static class ValidUtf8
{
    public static Problem Create()
    {
        var random = new Random(6);
        return Problem.Create(
            "utf-8-or-not",
            "UTF-8 or not",
            "Return true when the bytes are valid UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates (U+D800 to U+DFFF), nothing above U+10FFFF, and no incomplete character.",
            "function solve(bytes) {\n  return true;\n}\n",
            static input => Utf8.IsValid([.. input[0].Deserialize<int[]>()!.Select(static part => (byte)part)]),
            [
                [new[] { 0x48, 0x69, 0xE2, 0x82, 0xAC }], [new[] { 0xC0, 0x80 }], [Array.Empty<int>()], [new[] { 0xED, 0xA0, 0x80 }], [new[] { 0xF4, 0x90, 0x80, 0x80 }],
                [new[] { 0xF4, 0x8F, 0xBF, 0xBF }], [new[] { 0xE2, 0x82 }], [new[] { 0x80 }], [new[] { 0xE0, 0x9F, 0xBF }], [new[] { 0xF0, 0x8F, 0xBF, 0xBF }], [new[] { 0xFF }],
                [BytesOf(random, 3000)], [(int[])[.. BytesOf(random, 6000), 0xC3]], [BytesOf(random, 9000)],
            ]);
    }

    private static int[] BytesOf(Random random, int characters)
    {
        var text = new StringBuilder();
        for (var index = 0; index < characters; index++)
        {
            var value = random.Next(4) switch { 0 => random.Next(0x80), 1 => random.Next(0x80, 0x800), 2 => random.Next(0x800, 0xD800), _ => random.Next(0x10000, 0x110000) };
            text.Append(new Rune(value).ToString());
        }

        return [.. Encoding.UTF8.GetBytes(text.ToString()).Select(static part => (int)part)];
    }
}
