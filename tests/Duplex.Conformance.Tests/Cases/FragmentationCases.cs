using Duplex.Conformance.Tests.Judging;
using Duplex.Conformance.Tests.Judging.Steps;
using Duplex.Conformance.Tests.Wire;

namespace Duplex.Conformance.Tests.Cases;

/// <summary>Chapter 5: fragments, and control frames between them. RFC 6455 section 5.4.</summary>
public static class FragmentationCases
{
    private static readonly byte[] Hello = "Hello"u8.ToArray();
    private static readonly byte[] X = "x"u8.ToArray();
    private static readonly string[] Rules = ["6455-5.4-a", "6455-5.4-b", "6455-5.4-d", "6455-6.2-b", "6455-6.2-c"];
    private static readonly string[] Wrong = ["6455-5.4-c"];

    public static IEnumerable<ConformanceCase> All() => Whole().Concat(WithControlFrames()).Concat(Broken());

    private static IEnumerable<ConformanceCase> Whole()
    {
        foreach (var chop in new[] { int.MaxValue, 1, 3 })
        {
            var how = chop == int.MaxValue ? "in one segment" : $"in chops of {chop}";
            yield return Good($"5.1 text in two fragments, {how}", chop, Frame.Text("Hel").NotFinal(), Frame.Continuation("lo"));
            yield return Good($"5.2 text in one-byte fragments, {how}", chop,
                Frame.Text("H").NotFinal(), Frame.Continuation("e").NotFinal(), Frame.Continuation("l").NotFinal(),
                Frame.Continuation("l").NotFinal(), Frame.Continuation("o"));
            yield return Good($"5.3 empty first fragment, {how}", chop, Frame.Text("").NotFinal(), Frame.Continuation("Hello"));
            yield return Good($"5.4 empty last fragment, {how}", chop, Frame.Text("Hello").NotFinal(), Frame.Continuation(""));
            yield return Good($"5.5 empty fragments between, {how}", chop,
                Frame.Text("Hel").NotFinal(), Frame.Continuation("").NotFinal(), Frame.Continuation("").NotFinal(), Frame.Continuation("lo"));
            yield return new ConformanceCase($"5.6 only empty fragments, {how}", Rules,
                new Send([Frame.Text("").NotFinal(), Frame.Continuation("").NotFinal(), Frame.Continuation("")], chop),
                new Expect(1, []), new CloseCleanly());
            yield return new ConformanceCase($"5.7 binary in two fragments, {how}", Rules,
                new Send([Frame.Binary([0, 1, 255]).NotFinal(), Frame.Continuation([254, 3])], chop),
                new Expect(2, [0, 1, 255, 254, 3]), new CloseCleanly());
            yield return new ConformanceCase($"5.8 two fragmented messages in a row, {how}", [.. Rules, "6455-6.2-d"],
                new Send([Frame.Text("Hel").NotFinal(), Frame.Continuation("lo"), Frame.Binary([1]).NotFinal(), Frame.Continuation([2])], chop),
                new Expect(1, Hello), new Expect(2, [1, 2]), new CloseCleanly());
        }

        var large = Payloads.Ascii(200_000);
        foreach (var size in new[] { 1000, 4096, 65535, 65536 })
        {
            yield return new ConformanceCase($"5.9 200000 bytes in fragments of {size}", Rules,
                new Send(Fragments.Of(1, large, size)), new Expect(1, large), new CloseCleanly());
        }

        yield return new ConformanceCase("5.10 a thousand fragments of one byte", Rules,
            new Send(Fragments.Of(2, Payloads.Random(1000), 1)), new Expect(2, Payloads.Random(1000)), new CloseCleanly());
    }

    private static IEnumerable<ConformanceCase> WithControlFrames()
    {
        string[] rules = [.. Rules, "6455-5.4-e", "6455-5.5.2-a"];
        foreach (var chop in new[] { int.MaxValue, 1 })
        {
            var how = chop == int.MaxValue ? "in one segment" : "byte by byte";
            yield return new ConformanceCase($"5.11 ping between two fragments, {how}", rules,
                new Send([Frame.Text("Hel").NotFinal(), Frame.Ping("x"), Frame.Continuation("lo")], chop),
                new ExpectPongs(X), new Expect(1, Hello), new CloseCleanly());
            yield return new ConformanceCase($"5.12 pong between two fragments, {how}", rules,
                new Send([Frame.Text("Hel").NotFinal(), Frame.Pong("x"), Frame.Continuation("lo")], chop),
                new Expect(1, Hello), new CloseCleanly());
            yield return new ConformanceCase($"5.13 pings between five fragments, {how}", rules,
                new Send([Frame.Text("H").NotFinal(), Frame.Ping("1"), Frame.Continuation("e").NotFinal(), Frame.Ping("2"),
                    Frame.Continuation("l").NotFinal(), Frame.Ping("3"), Frame.Continuation("l").NotFinal(), Frame.Ping("x"), Frame.Continuation("o")], chop),
                new ExpectInterleaved([(1, Hello)], "1"u8.ToArray(), "2"u8.ToArray(), "3"u8.ToArray(), X), new CloseCleanly());
            yield return new ConformanceCase($"5.14 close frame between two fragments, {how}", ["6455-5.4-e", "6455-5.5.1-d"],
                new Send([Frame.Text("Hel").NotFinal(), Frame.Close(1000)], chop), new ExpectClose(1000));
        }

        yield return new ConformanceCase("5.15 pong before the message is complete", rules,
            new Send(Frame.Text("Hel").NotFinal(), Frame.Ping("x")), new ExpectPongs(X),
            new Send(Frame.Continuation("lo")), new Expect(1, Hello), new CloseCleanly());
        yield return new ConformanceCase("5.16 close frame between two fragments, more behind it", ["6455-5.5.1-d"],
            new Send(Frame.Text("Hel").NotFinal(), Frame.Close(1001), Frame.Continuation("lo")), new ExpectClose(1001));
    }

    private static IEnumerable<ConformanceCase> Broken()
    {
        foreach (var (name, frame) in new[] { ("ping", Frame.Ping("x")), ("pong", Frame.Pong("x")), ("close frame", Frame.Close(1000)) })
        {
            yield return Bad($"5.20 {name} that is not final", ["6455-5.5-b"], frame.NotFinal());
            yield return Bad($"5.21 {name} that is not final, then its continuation", ["6455-5.5-b"], frame.NotFinal(), Frame.Continuation("y"));
        }

        yield return Bad("5.22 continuation of nothing", Wrong, Frame.Continuation("lo"));
        yield return Bad("5.23 continuation of nothing, not final", Wrong, Frame.Continuation("lo").NotFinal());
        yield return Bad("5.24 empty continuation of nothing", Wrong, Frame.Continuation(""));
        yield return Bad("5.25 continuation of nothing, then a text", Wrong, Frame.Continuation("lo").NotFinal(), Frame.Text("Hello"));
        yield return Bad("5.26 text inside a text", Wrong, Frame.Text("Hel").NotFinal(), Frame.Text("Hello"));
        yield return Bad("5.27 binary inside a text", Wrong, Frame.Text("Hel").NotFinal(), Frame.Binary([1]));
        yield return Bad("5.28 text inside a binary", Wrong, Frame.Binary([1]).NotFinal(), Frame.Text("Hello"));
        yield return Bad("5.29 two fragmented messages interleaved", Wrong,
            Frame.Text("Hel").NotFinal(), Frame.Text("Wor").NotFinal(), Frame.Continuation("lo"), Frame.Continuation("ld"));
        yield return new ConformanceCase("5.30 continuation after a whole message", Wrong,
            new Send(Frame.Text("Hello"), Frame.Continuation("x")), new Expect(1, Hello), new ExpectFailure(1002));
        yield return new ConformanceCase("5.31 continuation after a fragmented message", Wrong,
            new Send(Frame.Text("Hel").NotFinal(), Frame.Continuation("lo"), Frame.Continuation("x")), new Expect(1, Hello), new ExpectFailure(1002));
        yield return new ConformanceCase("5.32 continuation after a fragmented message, byte by byte", Wrong,
            new Send([Frame.Text("Hel").NotFinal(), Frame.Continuation("lo"), Frame.Continuation("x")], 1), new Expect(1, Hello), new ExpectFailure(1002));
    }

    private static ConformanceCase Good(string id, int chop, params Frame[] frames) =>
        new(id, Rules, new Send(frames, chop), new Expect(1, Hello), new CloseCleanly());

    private static ConformanceCase Bad(string id, string[] rules, params Frame[] frames) =>
        new(id, rules, new Send(frames), new ExpectFailure(1002));
}
