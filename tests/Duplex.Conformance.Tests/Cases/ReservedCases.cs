using Duplex.Conformance.Tests.Judging;
using Duplex.Conformance.Tests.Judging.Steps;
using Duplex.Conformance.Tests.Wire;

namespace Duplex.Conformance.Tests.Cases;

/// <summary>Chapters 3 and 4: reserved bits and reserved opcodes. RFC 6455 section 5.2.</summary>
public static class ReservedCases
{
    private static readonly string[] BitRules = ["6455-5.2-b"];
    private static readonly string[] OpcodeRules = ["6455-5.2-c", "6455-7.1.7-a"];

    public static IEnumerable<ConformanceCase> Bits()
    {
        for (var bits = 1; bits <= 7; bits++)
        {
            foreach (var (name, frame) in new[]
            {
                ("text", Frame.Text("Hello")), ("empty text", Frame.Text("")), ("binary", Frame.Binary([1, 2, 3])),
                ("large binary", Frame.Binary(Payloads.Random(70000))), ("ping", Frame.Ping("Hello")), ("pong", Frame.Pong("Hello")),
                ("close frame", Frame.Close(1000)),
            })
            {
                yield return new ConformanceCase($"3.1 reserved bits {bits} on {name}", BitRules,
                    new Send(frame.WithReserved(bits)), new ExpectFailure(1002));
            }

            yield return new ConformanceCase($"3.2 reserved bits {bits} after a message", BitRules,
                new Send(Frame.Text("before"), Frame.Text("Hello").WithReserved(bits), Frame.Ping()),
                new Expect(1, "before"u8.ToArray()), new ExpectFailure(1002));
            yield return new ConformanceCase($"3.3 reserved bits {bits}, byte by byte", BitRules,
                new Send([Frame.Text("before"), Frame.Text("Hello").WithReserved(bits)], 1),
                new Expect(1, "before"u8.ToArray()), new ExpectFailure(1002));
            yield return new ConformanceCase($"3.4 reserved bits {bits} on a continuation", BitRules,
                new Send(Frame.Text("Hel").NotFinal(), Frame.Continuation("lo").WithReserved(bits)), new ExpectFailure(1002));
        }
    }

    public static IEnumerable<ConformanceCase> Opcodes()
    {
        foreach (var opcode in new[] { 3, 4, 5, 6, 7, 11, 12, 13, 14, 15 })
        {
            var frame = new Frame(opcode, "payload"u8.ToArray());
            yield return new ConformanceCase($"4.1 opcode {opcode}, empty", OpcodeRules, new Send(new Frame(opcode, [])), new ExpectFailure(1002));
            yield return new ConformanceCase($"4.2 opcode {opcode} with a payload", OpcodeRules, new Send(frame), new ExpectFailure(1002));
            yield return new ConformanceCase($"4.3 opcode {opcode} after a message", OpcodeRules,
                new Send(Frame.Text("before"), frame, Frame.Ping()), new Expect(1, "before"u8.ToArray()), new ExpectFailure(1002));
            yield return new ConformanceCase($"4.4 opcode {opcode}, byte by byte", OpcodeRules,
                new Send([Frame.Text("before"), frame], 1), new Expect(1, "before"u8.ToArray()), new ExpectFailure(1002));
            yield return new ConformanceCase($"4.5 opcode {opcode} inside a message", OpcodeRules,
                new Send(Frame.Text("Hel").NotFinal(), frame, Frame.Continuation("lo")), new ExpectFailure(1002));
            yield return new ConformanceCase($"4.6 opcode {opcode}, not final", OpcodeRules, new Send(frame.NotFinal()), new ExpectFailure(1002));
        }
    }
}
