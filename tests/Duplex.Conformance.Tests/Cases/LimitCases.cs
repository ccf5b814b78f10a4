using Duplex.Conformance.Tests.Judging;
using Duplex.Conformance.Tests.Judging.Steps;
using Duplex.Conformance.Tests.Wire;

namespace Duplex.Conformance.Tests.Cases;

/// <summary>Chapter 9: large messages and many. The endpoint under test takes messages of up to 16 MiB.</summary>
public static class LimitCases
{
    private const int Limit = 16 << 20;

    private static readonly string[] Rules = ["6455-5.4-d", "6455-6.1-b", "6455-6.2-a"];

    public static IEnumerable<ConformanceCase> All() => Large().Concat(TooLarge()).Concat(Many());

    private static IEnumerable<ConformanceCase> Large()
    {
        foreach (var kib in new[] { 64, 256, 1024, 4096, 8192, 16384 })
        {
            var bytes = Payloads.Ascii(kib << 10);
            yield return new ConformanceCase($"9.1 text of {kib} KiB", Rules, new Send(Frame.Text(bytes)), new Expect(1, bytes), new CloseCleanly());
            yield return new ConformanceCase($"9.2 binary of {kib} KiB", Rules, new Send(Frame.Binary(bytes)), new Expect(2, bytes), new CloseCleanly());
        }

        var fourMiB = Payloads.Ascii(4 << 20);
        foreach (var size in new[] { 1 << 10, 4 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20, 4 << 20 })
        {
            yield return new ConformanceCase($"9.3 text of 4 MiB in fragments of {size}", Rules,
                new Send(Fragments.Of(1, fourMiB, size)), new Expect(1, fourMiB), new CloseCleanly());
            yield return new ConformanceCase($"9.4 binary of 4 MiB in fragments of {size}", Rules,
                new Send(Fragments.Of(2, fourMiB, size)), new Expect(2, fourMiB), new CloseCleanly());
        }

        var oneMiB = Payloads.Ascii(1 << 20);
        foreach (var chop in new[] { 64, 128, 256, 512, 1024, 2048 })
        {
            yield return new ConformanceCase($"9.5 text of 1 MiB in chops of {chop}", Rules, new Send([Frame.Text(oneMiB)], chop), new Expect(1, oneMiB), new CloseCleanly());
            yield return new ConformanceCase($"9.6 binary of 1 MiB in chops of {chop}", Rules, new Send([Frame.Binary(oneMiB)], chop), new Expect(2, oneMiB), new CloseCleanly());
        }
    }

    private static IEnumerable<ConformanceCase> TooLarge()
    {
        string[] rules = ["6455-10.4-a"];
        yield return new ConformanceCase("9.7 one byte too many", rules,
            new Send(Frame.Binary([]) with { ClaimedLength = Limit + 1 }), new ExpectFailure(1009));
        yield return new ConformanceCase("9.8 one byte too many in fragments", rules,
            new Send(Frame.Binary(new byte[Limit]).NotFinal(), Frame.Continuation([1])), new ExpectFailure(1009));
        yield return new ConformanceCase("9.9 the rest of a message that is too large is not waited for", rules,
            new SendPart(Frame.Binary(new byte[1 << 20]) with { ClaimedLength = 1L << 40 }, 1 << 20), new ExpectFailure(1009));
        yield return new ConformanceCase("9.10 the largest length there is", rules,
            new Send(Frame.Binary([]) with { LengthBytes = 8, ClaimedLength = long.MaxValue }), new ExpectFailure(1009));
        yield return new ConformanceCase("9.11 lengths whose sum overflows", rules,
            new Send(Frame.Binary([1]).NotFinal(), Frame.Continuation([]) with { LengthBytes = 8, ClaimedLength = long.MaxValue }), new ExpectFailure(1009));
        yield return new ConformanceCase("9.12 a length of 2^32 plus 5 is not 5", rules,
            new Send(Frame.Binary("Hello"u8.ToArray()) with { LengthBytes = 8, ClaimedLength = (1UL << 32) + 5 }), new ExpectFailure(1009));
    }

    private static IEnumerable<ConformanceCase> Many()
    {
        foreach (var size in new[] { 0, 16, 64, 256, 1024, 4096 })
        {
            yield return new ConformanceCase($"9.13 1000 texts of {size} bytes, one at a time", Rules, new EchoMany(1, Payloads.Ascii(size), 1000), new CloseCleanly());
            yield return new ConformanceCase($"9.14 1000 binaries of {size} bytes, 20 in flight", Rules,
                new EchoMany(2, Payloads.Random(size), 1000, InFlight: 20), new CloseCleanly());
        }

        yield return new ConformanceCase("9.15 100000 texts of 16 bytes, 1000 in flight", Rules, new EchoMany(1, Payloads.Ascii(16), 100_000, InFlight: 1000), new CloseCleanly());
    }
}
