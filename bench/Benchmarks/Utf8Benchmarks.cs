using System.Text;
using BenchmarkDotNet.Attributes;
using Duplex.Protocol.Text;

namespace Benchmarks;

/// <summary>Measures incremental UTF-8 validation against the framework's, which validates the whole text.</summary>
[MemoryDiagnoser]
public class Utf8Benchmarks
{
    private byte[] _text = [];

    /// <summary>Language of the text.</summary>
    [Params("ascii", "german", "cyrillic", "japanese", "emoji")]
    public string Script { get; set; } = "";

    /// <summary>Approximate size of the text in bytes.</summary>
    [Params(32, 4096)]
    public int Length { get; set; }

    /// <summary>Generates the text.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var word = Script switch
        {
            "german" => "Größe und Überfluß ",
            "cyrillic" => "съешь ещё этих мягких булок ",
            "japanese" => "色は匂へど散りぬるを",
            "emoji" => "😀😃😄😁",
            _ => "the quick brown fox ",
        };
        var text = new StringBuilder();
        while (Encoding.UTF8.GetByteCount(text.ToString()) < Length) text.Append(word);
        _text = Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Validates with the framework.</summary>
    [Benchmark(Baseline = true)]
    public bool Framework() => System.Text.Unicode.Utf8.IsValid(_text);

    /// <summary>Validates with Duplex in one piece.</summary>
    [Benchmark]
    public bool Whole()
    {
        var validator = new Utf8Validator();
        return validator.Append(_text) < 0 && validator.IsComplete;
    }

    /// <summary>Validates with Duplex in two pieces, split in the middle and possibly inside a character.</summary>
    [Benchmark]
    public bool InTwoPieces()
    {
        var validator = new Utf8Validator();
        var middle = (_text.Length / 2) + 1;
        return validator.Append(_text.AsSpan(0, middle)) < 0 && validator.Append(_text.AsSpan(middle)) < 0 && validator.IsComplete;
    }
}
