using Duplex.Conformance.Tests.Judging;
using Duplex.Conformance.Tests.Judging.Steps;
using Duplex.Conformance.Tests.Wire;

namespace Duplex.Conformance.Tests.Cases;

/// <summary>Chapter 7: the closing handshake, codes and reasons. RFC 6455 sections 5.5.1 and 7.</summary>
public static class CloseCases
{
    private static readonly string[] Rules = ["6455-7.4.1-a", "6455-5.5.1-d", "6455-5.5.1-e", "6455-7.1.2-a"];

    /// <summary>RFC 6455 section 7.4.1, the IANA registry, and both ends of the open ranges.</summary>
    private static readonly int[] Legal = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999];

    private static readonly int[] Illegal = [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 9999, 65535];

    public static IEnumerable<ConformanceCase> All() => Codes().Concat(Bodies()).Concat(Afterwards());

    private static IEnumerable<ConformanceCase> Codes()
    {
        foreach (var code in Legal)
        {
            yield return new ConformanceCase($"7.1 code {code} is echoed", Rules, new CloseCleanly(Frame.Close(code), code));
            yield return new ConformanceCase($"7.2 code {code} with a reason is echoed", Rules, new CloseCleanly(Frame.Close(code, "a reason"), code));
        }

        foreach (var code in Illegal)
        {
            yield return new ConformanceCase($"7.3 code {code} is a violation", ["6455-7.4.1-b", "6455-7.4.2-a"], new Send(Frame.Close(code)), new ExpectFailure(1002));
            yield return new ConformanceCase($"7.4 code {code} with a reason is a violation", ["6455-7.4.1-b", "6455-7.4.2-a"],
                new Send(Frame.Close(code, "a reason")), new ExpectFailure(1002));
        }
    }

    private static IEnumerable<ConformanceCase> Bodies()
    {
        yield return new ConformanceCase("7.5 empty close frame", Rules, new CloseCleanly(Frame.Close([]), 1000, 1005));
        yield return new ConformanceCase("7.6 close frame of one byte", ["6455-5.5.1-a"], new Send(Frame.Close([3])), new ExpectFailure(1002));
        foreach (var length in new[] { 1, 2, 3, 121, 122, 123 })
        {
            yield return new ConformanceCase($"7.7 reason of {length} bytes", Rules, new CloseCleanly(Frame.Close(1000, new string('*', length)), 1000));
        }

        foreach (var length in new[] { 124, 125, 1000, 70000 })
        {
            yield return new ConformanceCase($"7.8 reason of {length} bytes is too long", ["6455-5.5-a"],
                new Send(Frame.Close(1000, new string('*', length))), new ExpectFailure(1002));
        }

        yield return new ConformanceCase("7.9 reason outside ASCII", Rules, new CloseCleanly(Frame.Close(1000, "κόσμε 😀"), 1000));
        foreach (var reason in new[] { "80", "c0af", "eda080", "f4908080", "ff", "e282" })
        {
            yield return new ConformanceCase($"7.10 reason {reason} is not UTF-8", ["6455-5.5.1-b", "6455-8.1-a"],
                new Send(Frame.Close([0x03, 0xe8, .. Convert.FromHexString(reason)])), new ExpectFailure(1007));
        }
    }

    private static IEnumerable<ConformanceCase> Afterwards()
    {
        yield return new ConformanceCase("7.11 what is echoed first still arrives", Rules,
            new Send(Frame.Text("last"), Frame.Close(1000)), new Expect(1, "last"u8.ToArray()), new ExpectClose(1000));
        yield return new ConformanceCase("7.12 second close frame is ignored", ["6455-5.5.1-c"],
            new Send(Frame.Close(1000), Frame.Close(1001)), new ExpectClose(1000));
        yield return new ConformanceCase("7.13 ping after the close frame is not answered", ["6455-5.5.2-b"],
            new Send(Frame.Close(1000), Frame.Ping("x")), new ExpectClose(1000));
        yield return new ConformanceCase("7.14 message after the close frame is not echoed", ["6455-5.5.1-c"],
            new Send(Frame.Close(1000), Frame.Text("late")), new ExpectClose(1000));
        yield return new ConformanceCase("7.15 rubbish after the close frame is ignored", ["6455-7.1.1-a"],
            new Send(Frame.Close(1000), new Frame(15, Payloads.Random(100)).WithReserved(7)), new ExpectClose(1000));
        yield return new ConformanceCase("7.16 fragments after the close frame are not echoed", ["6455-5.5.1-c"],
            new Send(Frame.Close(1000), Frame.Text("la").NotFinal(), Frame.Continuation("te")), new ExpectClose(1000));
        yield return new ConformanceCase("7.17 close frame byte by byte", Rules,
            new Send([Frame.Close(3000, "a reason")], 1), new ExpectClose(3000));
        yield return new ConformanceCase("7.18 nothing is processed after a violation", ["6455-7.1.7-b"],
            new Send(new Frame(3, []), Frame.Text("late"), Frame.Ping("late"), Frame.Close(1000)), new ExpectFailure(1002));
        yield return new ConformanceCase("7.19 the close frame arrives although 4 MiB come behind it", ["6455-7.1.1-a"],
            new Send(Frame.Close(1000), Frame.Binary(Payloads.Random(4 << 20))), new ExpectClose(1000));
        yield return new ConformanceCase("7.20 the violation's close frame arrives although 4 MiB come behind it", ["6455-7.1.7-a"],
            new Send(new Frame(3, []), Frame.Binary(Payloads.Random(4 << 20))), new ExpectFailure(1002));
    }
}
