using Duplex.Conformance.Tests.Judging;
using Duplex.Conformance.Tests.Judging.Steps;
using Duplex.Conformance.Tests.Wire;

namespace Duplex.Conformance.Tests.Cases;

/// <summary>Chapter 1: payload lengths at every boundary of the header, whole and in chops.</summary>
public static class FramingCases
{
    private static readonly int[] Lengths =
    [
        0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 124, 125, 126, 127, 128, 129, 255, 256, 257, 1023,
        1024, 4095, 4096, 4097, 16383, 32767, 32768, 65534, 65535, 65536, 65537, 131072, 1048576,
    ];

    private static readonly (int Length, int Chop)[] Chopped =
    [
        (0, 1), (1, 1), (125, 1), (126, 1), (127, 1), (128, 1), (256, 1), (1000, 1), (125, 3), (126, 5), (128, 7), (65535, 997),
        (65536, 997), (65536, 2048), (131072, 4093), (1048576, 65536),
    ];

    // What binds every sender (SenderRules) is held in every case; these prove it on every length.
    private static readonly string[] Rules = ["6455-5.1-a", "6455-5.1-c", "6455-5.2-a", "6455-6.2-e", "6455-5.2-d", "6455-5.2-e", "6455-5.3-b", "6455-6.1-b", "6455-6.1-c", "6455-6.2-a", "6455-6.2-c"];

    public static IEnumerable<ConformanceCase> All()
    {
        foreach (var length in Lengths)
        {
            yield return Echo($"1.1 text of {length} bytes", Frame.Text(Payloads.Ascii(length)));
            yield return Echo($"1.2 binary of {length} bytes", Frame.Binary(Payloads.Random(length)));
        }

        foreach (var (length, chop) in Chopped)
        {
            yield return Echo($"1.3 text of {length} bytes in chops of {chop}", Frame.Text(Payloads.Ascii(length)), chop);
            yield return Echo($"1.4 binary of {length} bytes in chops of {chop}", Frame.Binary(Payloads.Random(length)), chop);
        }

        foreach (var (name, frame) in BadLengths())
        {
            yield return new ConformanceCase($"1.5 {name}", ["6455-5.2-d", "6455-5.2-e"], new Send(frame), new ExpectFailure(1002));
            yield return new ConformanceCase($"1.6 {name}, byte by byte", ["6455-5.2-d", "6455-5.2-e"], new Send([frame], 1), new ExpectFailure(1002));
        }

        yield return new ConformanceCase("1.7 unmasked frame to a server", ["6455-5.1-b", "6455-5.3-a"],
            new Send(Frame.Text("Hello") with { IsMasked = false }), new ExpectFailure(1002))
        { JudgesClient = false };
        yield return new ConformanceCase("1.7 unmasked ping to a server", ["6455-5.1-b"],
            new Send(Frame.Ping("Hello") with { IsMasked = false }), new ExpectFailure(1002))
        { JudgesClient = false };
        yield return new ConformanceCase("1.7 unmasked close frame to a server", ["6455-5.1-b"],
            new Send(Frame.Close(1000) with { IsMasked = false }), new ExpectFailure(1002))
        { JudgesClient = false };
        yield return new ConformanceCase("1.8 masked frame to a client", ["6455-5.1-d"],
            new Send(Frame.Text("Hello") with { IsMasked = true }), new ExpectFailure(1002))
        { JudgesClient = true };
        yield return new ConformanceCase("1.8 masked ping to a client", ["6455-5.1-d"],
            new Send(Frame.Ping("Hello") with { IsMasked = true }), new ExpectFailure(1002))
        { JudgesClient = true };
        yield return new ConformanceCase("1.9 a hundred messages in one segment", ["6455-6.2-a", "6455-6.2-c"],
            new EchoMany(1, Payloads.Ascii(20), 100, InFlight: 100), new CloseCleanly());
    }

    private static ConformanceCase Echo(string id, Frame frame, int chop = int.MaxValue) =>
        new(id, Rules, new Send([frame], chop), new Expect(frame.Opcode, frame.Payload), new CloseCleanly());

    private static IEnumerable<(string Name, Frame Frame)> BadLengths()
    {
        foreach (var length in new[] { 0, 5, 125 })
        {
            yield return ($"{length} bytes in a 16-bit length", Frame.Binary(Payloads.Random(length)) with { LengthBytes = 2 });
        }

        foreach (var length in new[] { 0, 125, 126, 65535 })
        {
            yield return ($"{length} bytes in a 64-bit length", Frame.Binary(Payloads.Random(length > 200 ? 0 : length)) with { LengthBytes = 8, ClaimedLength = (ulong)length });
        }

        foreach (var length in new[] { 0x8000000000000000, 0x8000000000000001, 0xffffffffffffffff })
        {
            yield return ($"64-bit length {length:x16}", Frame.Binary([]) with { LengthBytes = 8, ClaimedLength = length });
        }
    }
}
