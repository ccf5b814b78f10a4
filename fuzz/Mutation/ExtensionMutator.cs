using System.Text;

namespace Duplex.Fuzz.Mutation;

/// <summary>Combines tokens of extension headers, and sometimes changes single bytes of a seed.</summary>
public sealed class ExtensionMutator : IMutator
{
    private static readonly string[] Words =
    [
        "permessage-deflate", "server_no_context_takeover", "client_no_context_takeover", "server_max_window_bits", "client_max_window_bits",
        ";", ";", ";", "; ", "=", "=", ",", ", ", "8", "9", "12", "15", "16", "7", "0", "08", "-1", "4294967304", "\"", "\"10\"", "\"1\\0\"", "\\",
        " ", "\t", "x", "foo", "constructor", "__proto__", "(", "é", "\0", "",
    ];

    private readonly ByteMutator _bytes = new();

    public byte[] Next(Random random, IReadOnlyList<byte[]> seeds)
    {
        if (random.Next(3) == 0) return _bytes.Next(random, seeds);
        var text = new StringBuilder(random.Next(2) == 0 ? "permessage-deflate" : Encoding.Latin1.GetString(seeds[random.Next(seeds.Count)]));
        for (var words = random.Next(12); words > 0; words--) text.Append(Words[random.Next(Words.Length)]);
        return Encoding.Latin1.GetBytes(text.ToString());
    }
}
