using Duplex.Conformance.Tests.Judging;
using Duplex.Conformance.Tests.Judging.Steps;
using Duplex.Conformance.Tests.Wire;

namespace Duplex.Conformance.Tests.Cases;

/// <summary>Chapter 2: pings and pongs. RFC 6455 sections 5.5.2 and 5.5.3.</summary>
public static class PingCases
{
    private static readonly string[] Rules = ["6455-5.5.2-a", "6455-5.5.3-a"];

    public static IEnumerable<ConformanceCase> All()
    {
        foreach (var length in new[] { 0, 1, 4, 5, 64, 124, 125 })
        {
            var payload = Payloads.Random(length);
            yield return new ConformanceCase($"2.1 ping of {length} bytes", Rules,
                new Send(Frame.Ping(payload)), new ExpectPongs(payload), new CloseCleanly());
            yield return new ConformanceCase($"2.2 ping of {length} bytes, byte by byte", Rules,
                new Send([Frame.Ping(payload)], 1), new ExpectPongs(payload), new CloseCleanly());
        }

        foreach (var length in new[] { 126, 127, 128, 65535, 65536 })
        {
            yield return new ConformanceCase($"2.3 ping of {length} bytes", ["6455-5.5-a"],
                new Send(Frame.Ping(Payloads.Random(length))), new ExpectFailure(1002));
            yield return new ConformanceCase($"2.4 pong of {length} bytes", ["6455-5.5-a"],
                new Send(new Frame(10, Payloads.Random(length))), new ExpectFailure(1002));
        }

        yield return new ConformanceCase("2.5 125 bytes of a ping in a 16-bit length", ["6455-5.2-d"],
            new Send(Frame.Ping(Payloads.Random(125)) with { LengthBytes = 2 }), new ExpectFailure(1002));
        yield return new ConformanceCase("2.6 unsolicited pong is not answered", ["6455-5.5.3-b"],
            new Send(Frame.Pong(), Frame.Text("a")), new Expect(1, "a"u8.ToArray()), new CloseCleanly());
        yield return new ConformanceCase("2.7 unsolicited pong with a payload is not answered", ["6455-5.5.3-b"],
            new Send(Frame.Pong("unasked"), Frame.Text("a")), new Expect(1, "a"u8.ToArray()), new CloseCleanly());
        yield return new ConformanceCase("2.8 unsolicited pong, then a ping", Rules,
            new Send(Frame.Pong("unasked"), Frame.Ping("asked")), new ExpectPongs("asked"u8.ToArray()), new CloseCleanly());

        Frame[] pings = [.. Enumerable.Range(0, 10).Select(i => Frame.Ping($"ping {i}"))];
        byte[][] payloads = [.. pings.Select(ping => ping.Payload)];
        yield return new ConformanceCase("2.9 ten pings in one segment", Rules, new Send(pings), new ExpectPongs(payloads), new CloseCleanly());
        yield return new ConformanceCase("2.10 ten pings, byte by byte", Rules, new Send(pings, 1), new ExpectPongs(payloads), new CloseCleanly());
        yield return new ConformanceCase("2.11 ping between two messages", Rules,
            new Send(Frame.Text("a"), Frame.Ping("x"), Frame.Text("b")),
            new ExpectInterleaved([(1, "a"u8.ToArray()), (1, "b"u8.ToArray())], "x"u8.ToArray()), new CloseCleanly());
        yield return new ConformanceCase("2.12 ping of 126 bytes inside a message", ["6455-5.5-a"],
            new Send(Frame.Text("a").NotFinal(), Frame.Ping(Payloads.Random(126))), new ExpectFailure(1002));
    }
}
