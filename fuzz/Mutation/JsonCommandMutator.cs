using System.Text;

namespace Duplex.Fuzz.Mutation;

/// <summary>Combines tokens of commands, and sometimes changes single bytes of a seed.</summary>
public sealed class JsonCommandMutator : IMutator
{
    private static readonly string[] Words =
    [
        "{", "}", "{}", "[", "]", "[]", ":", ",", ",", "\n", "\r", " ", "null", "true", "false", "0", "-1", "1.5", "1e999", "4294967296", "18446744073709551616",
        "\"\"", "\"c\"", "\"\\ud83d\"", "\"\\u0000\"", "\"\\\"", "\"é😀\"", "\"\\n\"",
        "\"id\":1,", "\"connect\":", "\"subscribe\":", "\"unsubscribe\":", "\"publish\":", "\"presence\":", "\"presence_stats\":", "\"history\":", "\"ping\":",
        "\"send\":", "\"rpc\":", "\"refresh\":", "\"sub_refresh\":", "\"token\":", "\"data\":", "\"subs\":", "\"headers\":", "\"channel\":", "\"epoch\":", "\"offset\":",
        "\"recover\":", "\"tf\":", "\"op\":", "\"vals\":", "\"nodes\":", "\"since\":", "\"limit\":", "\"track\":", "\"items\":", "\"untrack\":", "\"method\":",
    ];

    private readonly ByteMutator _bytes = new();

    public byte[] Next(Random random, IReadOnlyList<byte[]> seeds)
    {
        if (random.Next(2) == 0) return _bytes.Next(random, seeds);
        var text = new StringBuilder();
        if (random.Next(2) == 0) text.Append(Encoding.UTF8.GetString(seeds[random.Next(seeds.Count)]));
        for (var words = random.Next(16); words > 0; words--) text.Insert(random.Next(text.Length + 1), Words[random.Next(Words.Length)]);
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
