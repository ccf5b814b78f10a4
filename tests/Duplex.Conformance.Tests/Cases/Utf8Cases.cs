using Duplex.Conformance.Tests.Judging;
using Duplex.Conformance.Tests.Judging.Steps;
using Duplex.Conformance.Tests.Wire;

namespace Duplex.Conformance.Tests.Cases;

/// <summary>Chapter 6: text is UTF-8, and what is not fails the connection as soon as it is seen. RFC 6455 sections 5.6 and 8.1.</summary>
public static class Utf8Cases
{
    private static readonly string[] ValidRules = ["6455-5.6-a"];
    private static readonly string[] InvalidRules = ["6455-5.6-a", "6455-8.1-a"];

    /// <summary>Boundaries of every length of sequence, in hex. Unicode 3.9, table 3-7.</summary>
    private static readonly string[] Valid =
    [
        "", "00", "7f", "c280", "dfbf", "e0a080", "e0bfbf", "e18080", "ecbfbf", "ed8080", "ed9fbf", "ee8080", "efbbbf", "efbfbd",
        "efbfbe", "efbfbf", "efb790", "f0908080", "f09fbfbe", "f09fbfbf", "f0bfbfbf", "f1808080", "f3bfbfbf", "f4808080", "f48fbfbf",
        "cebae1bdb9cf83cebcceb5", "48656c6c6f2dc2b540c39fc3b6c3a4c3bcc3a0c3a12d5554462d382121", "41e28982ce912e", "ed959ceab5adec96b4",
        "e697a5e69cace8aa9e", "f0a38eb4", "f09f9880f09f9881", "7f7fc2807f", "2020202020202020202020202020c3bf20202020202020202020202020202020e282ac",
    ];

    /// <summary>In hex, with a good start so that the bad byte is not the first.</summary>
    private static readonly string[] Invalid =
    [
        // Continuation bytes alone.
        "80", "bf", "8080", "80bf80", "41807a",
        // Starts without their continuation.
        "c020", "c220", "df41", "e08020", "e0a020", "e18041", "ed8020", "f0908041", "f09020", "f1808041", "f3bf20",
        // Longer than needed.
        "c080", "c1bf", "c0af", "e08080", "e080af", "e09fbf", "f0808080", "f08080af", "f08fbfbf",
        "f880808080", "fc8080808080", "f888808080", "fc8480808080",
        // Surrogates, alone and in pairs.
        "eda080", "edadbf", "edae80", "edafbf", "edb080", "edbfbf", "eda080edb080", "edafbfedbfbf", "cebae1bdb9cf83cebcceb5eda080656469746564",
        // Above U+10FFFF, and bytes that never occur.
        "f4908080", "f48fbfc0", "f5808080", "f7bfbfbf", "fe", "ff", "fefeffff", "cebae1bdb9cf83cebcceb5f4908080656469746564",
        // Behind a block that a vector reads at once.
        "202020202020202020202020202020202020202020202020202020202020202020ff20202020202020202020202020202020",
        "2020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020e282",
    ];

    /// <summary>Good so far, but not complete when the message ends.</summary>
    private static readonly string[] Cut =
        ["c2", "df", "e0", "e0a0", "e1", "e180", "ed9f", "ef", "efbf", "f0", "f090", "f09080", "f1", "f48f", "f48fbf", "cebae1bdb9cf83cebcceb5e282"];

    public static IEnumerable<ConformanceCase> All()
    {
        foreach (var hex in Valid)
        {
            var bytes = Convert.FromHexString(hex);
            yield return new ConformanceCase($"6.1 valid {Name(hex)}", ValidRules, new Send(Frame.Text(bytes)), new Expect(1, bytes), new CloseCleanly());
            if (bytes.Length < 2) continue;
            yield return new ConformanceCase($"6.2 valid {Name(hex)} in fragments of one byte", ValidRules,
                new Send(Fragments.Of(1, bytes, 1)), new Expect(1, bytes), new CloseCleanly());
            yield return new ConformanceCase($"6.3 valid {Name(hex)} in fragments of one byte, byte by byte", ValidRules,
                new Send(Fragments.Of(1, bytes, 1), 1), new Expect(1, bytes), new CloseCleanly());
        }

        foreach (var hex in Invalid.Where(hex => !hex.EndsWith("e282", StringComparison.Ordinal)))
        {
            var bytes = Convert.FromHexString(hex);
            yield return new ConformanceCase($"6.4 invalid {Name(hex)}", InvalidRules, new Send(Frame.Text(bytes)), new ExpectFailure(1007));
            yield return new ConformanceCase($"6.5 invalid {Name(hex)} in fragments of one byte", InvalidRules,
                new Send(Fragments.Of(1, bytes, 1)), new ExpectFailure(1007));
            yield return new ConformanceCase($"6.6 invalid {Name(hex)} fails before the message is complete", InvalidRules,
                new Send(Frame.Text(bytes).NotFinal()), new ExpectFailure(1007));
        }

        foreach (var hex in Cut.Append(Invalid[^1]))
        {
            var bytes = Convert.FromHexString(hex);
            yield return new ConformanceCase($"6.7 cut short {Name(hex)}", InvalidRules, new Send(Frame.Text(bytes)), new ExpectFailure(1007));
            yield return new ConformanceCase($"6.8 cut short {Name(hex)}, then an empty last fragment", InvalidRules,
                new Send(Frame.Text(bytes).NotFinal(), Frame.Continuation("")), new ExpectFailure(1007));
        }

        foreach (var (first, second) in new[] { ("c2", "41"), ("e0", "80"), ("ed", "a0"), ("f0", "8f"), ("f4", "90"), ("e282", "41"), ("f09f98", "c2") })
        {
            yield return new ConformanceCase($"6.9 {first} in one fragment and {second} in the next", InvalidRules,
                new Send(Frame.Text(Convert.FromHexString(first)).NotFinal(), Frame.Continuation(Convert.FromHexString(second)).NotFinal()),
                new ExpectFailure(1007));
        }

        var late = new byte[2000];
        Array.Fill(late, (byte)'a');
        late[1000] = 0xff;
        yield return new ConformanceCase("6.10 fails inside a frame that is not complete", InvalidRules, new SendPart(Frame.Text(late), 1500), new ExpectFailure(1007));
        yield return new ConformanceCase("6.11 ping inside a character", ["6455-5.6-a", "6455-5.4-e"],
            new Send(Frame.Text([0xe2]).NotFinal(), Frame.Ping(), Frame.Continuation([0x82]).NotFinal(), Frame.Ping(), Frame.Continuation([0xac])),
            new ExpectInterleaved([(1, [0xe2, 0x82, 0xac])], [], []), new CloseCleanly());
        yield return new ConformanceCase("6.12 binary need not be UTF-8", ["6455-5.6-b"],
            new Send(Frame.Binary([0xff, 0xfe, 0x80])), new Expect(2, [0xff, 0xfe, 0x80]), new CloseCleanly());
        yield return new ConformanceCase("6.13 a cut character does not reach into the next message", InvalidRules,
            new Send(Frame.Binary([0xe2, 0x82]), Frame.Text([0xac])), new Expect(2, [0xe2, 0x82]), new ExpectFailure(1007));
    }

    private static string Name(string hex) => hex.Length == 0 ? "empty" : hex.Length <= 24 ? hex : $"{hex[..20]}... ({hex.Length / 2} bytes)";
}
