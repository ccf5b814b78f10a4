using Duplex.Conformance.Tests.Judging;
using Duplex.Conformance.Tests.Judging.Steps;
using Duplex.Conformance.Tests.Wire;

namespace Duplex.Conformance.Tests.Cases;

/// <summary>Chapters 12 and 13: permessage-deflate. RFC 7692.</summary>
public static class CompressionCases
{
    private static readonly DeflateParameters Plain = new();
    private static readonly byte[] Empty = [];

    private static readonly DeflateParameters[] Sets =
    [
        Plain,
        new() { ServerNoContextTakeover = true },
        new() { ClientNoContextTakeover = true },
        new() { ServerNoContextTakeover = true, ClientNoContextTakeover = true },
        .. Enumerable.Range(8, 8).Select(bits => new DeflateParameters { ServerMaxWindowBits = bits }),
        .. Enumerable.Range(8, 8).Select(bits => new DeflateParameters { ClientMaxWindowBits = bits }),
        new() { ServerMaxWindowBits = 9, ClientMaxWindowBits = 9 },
        new() { ServerMaxWindowBits = 10, ClientMaxWindowBits = 12, ServerNoContextTakeover = true },
        new() { ServerMaxWindowBits = 12, ClientMaxWindowBits = 10, ClientNoContextTakeover = true },
        new() { ServerMaxWindowBits = 11, ClientMaxWindowBits = 11, ServerNoContextTakeover = true, ClientNoContextTakeover = true },
        new() { ServerMaxWindowBits = 15, ClientMaxWindowBits = 15, ServerNoContextTakeover = true, ClientNoContextTakeover = true },
    ];

    private static readonly (int Size, int Count)[] Sizes =
        [(16, 100), (64, 100), (256, 50), (1024, 30), (4096, 20), (8192, 10), (16384, 6), (32768, 4), (65536, 3), (131072, 2)];

    private static readonly string[] Rules =
        ["7692-6.1-a", "7692-6.2-a", "7692-7.1.1-a", "7692-7.1.1-b", "7692-7.1.2-a", "7692-7.1.2-b", "7692-7.2.1-a", "7692-7.2.2-a"];

    public static IEnumerable<ConformanceCase> ParameterSets()
    {
        foreach (var parameters in Sets)
        {
            foreach (var (size, count) in Sizes)
            {
                byte[][] messages = [.. Enumerable.Range(0, count).Select(seed => Payloads.Json(size, seed))];
                yield return new ConformanceCase($"12.1 {parameters}, {count} messages of {size} bytes", Rules,
                    new EchoCompressed(messages), new CloseCleanly())
                { Deflate = parameters };
            }

            byte[][] random = [.. Enumerable.Range(0, 5).Select(i => Payloads.Random(1000 * i + 1))];
            yield return new ConformanceCase($"12.2 {parameters}, noise in fragments", Rules,
                new EchoCompressed(random, Opcode: 2, Fragments: 3), new CloseCleanly())
            { Deflate = parameters };
        }

        byte[][] thousand = [.. Enumerable.Range(0, 1000).Select(seed => Payloads.Json(200, seed))];
        yield return new ConformanceCase("12.3 1000 messages with context", Rules, new EchoCompressed(thousand), new CloseCleanly()) { Deflate = Plain };
    }

    public static IEnumerable<ConformanceCase> Rulings() => Good().Concat(Bad());

    private static IEnumerable<ConformanceCase> Good()
    {
        var hello = "Hello"u8.ToArray();

        // The examples of RFC 7692 section 7.2.3, byte for byte.
        byte[] helloOnce = [0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00];
        byte[] helloAgain = [0xf2, 0x00, 0x11, 0x00, 0x00];
        byte[] helloStored = [0x00, 0x05, 0x00, 0xfa, 0xff, 0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x00];
        byte[] helloFinalBlock = [0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x00];
        byte[] helloTwoBlocks = [0xf2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xff, 0xff, 0xca, 0xc9, 0xc9, 0x07, 0x00];

        yield return Echo("13.1 the RFC's example in one frame", Compressed.Message(1, helloOnce), hello);
        yield return Echo("13.2 the RFC's example in two frames", Compressed.Message(1, helloOnce, 2), hello);
        yield return Echo("13.3 the RFC's example in seven frames", Compressed.Message(1, helloOnce, 7), hello);
        yield return Echo("13.4 the RFC's example of a shared window", [.. Compressed.Message(1, helloOnce), .. Compressed.Message(1, helloAgain)], hello, hello);
        yield return Echo("13.5 the RFC's example of a stored block", Compressed.Message(1, helloStored), hello);
        yield return Echo("13.6 the RFC's example of a final block", Compressed.Message(1, helloFinalBlock), hello);
        yield return Echo("13.7 the RFC's example of two blocks", Compressed.Message(1, helloTwoBlocks), hello);
        yield return Echo("13.8 a message after one with a final block", [.. Compressed.Message(1, helloFinalBlock), .. Compressed.Message(1, helloOnce)], hello, hello);
        yield return Echo("13.17 a block after a final block", Compressed.Message(1, [0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, .. helloOnce]), [.. hello, .. hello]);
        yield return Echo("13.9 an empty message, compressed", Compressed.Message(1, [0]), Empty);
        yield return Echo("13.10 an empty message, in empty fragments", [.. Compressed.Message(1, [0]).Select(frame => frame.NotFinal()), Frame.Continuation("")], Empty);
        yield return Echo("13.11 an uncompressed message between compressed ones",
            [.. Compressed.Message(1, helloOnce), Frame.Text("plain"), .. Compressed.Message(1, helloAgain)], hello, "plain"u8.ToArray(), hello);
        yield return Echo("13.12 an uncompressed message in fragments", [Frame.Text("Hel").NotFinal(), Frame.Continuation("lo")], hello);
        yield return Echo("13.13 an empty uncompressed message", [Frame.Text("")], Empty);

        var pieces = Compressed.Message(1, helloOnce, 3);
        yield return new ConformanceCase("13.14 ping between the fragments of a compressed message", ["7692-6.2-a", "6455-5.4-e", "7692-6.1-b"],
            new Send(pieces[0], Frame.Ping("x"), pieces[1], Frame.Pong(), pieces[2]),
            new ExpectInterleaved([(1, hello)], "x"u8.ToArray()), new CloseCleanly())
        { Deflate = Plain };
        yield return new ConformanceCase("13.15 compressed message byte by byte", ["7692-6.2-a"],
            new Send(Compressed.Message(1, helloOnce, 2), 1), new Expect(1, hello), new CloseCleanly())
        { Deflate = Plain };

        var zeros = new byte[8 << 20];
        yield return new ConformanceCase("13.16 8 MiB of zeros inflate within the limit", ["7692-7.2.2-a"],
            new Send(Compressed.Message(2, Bombs.Zeros(zeros.Length))), new Expect(2, zeros), new CloseCleanly())
        { Deflate = Plain };
    }

    private static IEnumerable<ConformanceCase> Bad()
    {
        byte[] hello = [0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00];
        foreach (var (name, frame) in new[] { ("ping", Frame.Ping("x")), ("pong", Frame.Pong("x")), ("close frame", Frame.Close(1000)) })
        {
            yield return Fail($"13.20 RSV1 on a {name}", ["7692-6.1-b"], 1002, frame.WithReserved(4));
        }

        yield return Fail("13.21 RSV1 on a continuation", ["7692-6.1-b"], 1002, Compressed.Message(1, hello, 2)[0], Compressed.Message(1, hello, 2)[1].WithReserved(4));
        yield return Fail("13.22 RSV1 on the continuation of a plain message", ["7692-6.1-b"], 1002, Frame.Text("Hel").NotFinal(), Frame.Continuation("lo").WithReserved(4));
        foreach (var bits in new[] { 1, 2, 3, 5, 6, 7 })
        {
            yield return Fail($"13.23 reserved bits {bits} with the extension", ["6455-5.2-b"], 1002, new Frame(1, hello).WithReserved(bits));
        }

        foreach (var hex in new[] { "ff", "06", "07ffff", "0005000000", "f248cdc9c9ff", "edc10101000000", "05e08181", "f24805" + "0000ffff00", "4a4c4affffffffff", "1c94c195c4200c435b5109d8" })
        {
            yield return Fail($"13.24 {hex} is not deflate data", ["7692-7.2.2-b"], 1007, new Frame(1, Convert.FromHexString(hex)).WithReserved(4));
        }

        yield return Fail("13.25 a reference before the first byte", ["7692-7.2.2-b"], 1007, new Frame(1, [0xf2, 0x00, 0x11, 0x00, 0x00]).WithReserved(4));
        yield return Fail("13.26 compressed text that is not UTF-8", ["6455-8.1-a"], 1007, Compressed.Message(1, [0x72, 0xfc, 0xef, 0x04, 0x00]));
        yield return Fail("13.27 compressed text that is cut short", ["6455-8.1-a"], 1007, Compressed.Message(1, [0x72, 0x7c, 0xd4, 0x04, 0x00]));
        yield return Fail("13.28 17 MiB of zeros in one frame", ["6455-10.4-a"], 1009, Compressed.Message(2, Bombs.Zeros(17 << 20)));
        yield return Fail("13.29 17 MiB of zeros in many frames", ["6455-10.4-a"], 1009, Compressed.Message(2, Bombs.Zeros(17 << 20), 500));
        yield return Fail("13.30 256 MiB of zeros", ["6455-10.4-a"], 1009, Compressed.Message(2, Bombs.Zeros(256 << 20)));
    }

    private static ConformanceCase Echo(string id, Frame[] frames, params byte[][] messages) =>
        new(id, ["7692-6.2-a", "7692-7.2.2-a"], [new Send(frames), .. messages.Select(message => new Expect(1, message)), new CloseCleanly()]) { Deflate = Plain };

    private static ConformanceCase Fail(string id, string[] rules, int code, params Frame[] frames) =>
        new(id, rules, new Send(frames), new ExpectFailure(code)) { Deflate = Plain };
}
