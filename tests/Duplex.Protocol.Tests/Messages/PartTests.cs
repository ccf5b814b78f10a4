using CsCheck;
using Duplex.Protocol.Messages;
using static Duplex.Protocol.Tests.Messages.Wire;
using Reason = Duplex.Protocol.Messages.ProtocolFaultReason;

namespace Duplex.Protocol.Tests.Messages;

/// <summary>Messages in parts, as they arrive: the same messages, rules and limits as whole.</summary>
public sealed class PartTests
{
    [Fact]
    public void Parts_come_as_the_bytes_do() => Assert.Equal(
        ["Text first 68", "Text last 69", "Binary first last 01"],
        Parts([Bytes("81 02 68"), Bytes("69"), Bytes("82 01 01")]));

    [Fact]
    public void Empty_fragments_are_no_parts_but_the_last() => Assert.Equal(
        ["Binary first 01", "Binary last ", "Text first last "],
        Parts([Bytes("02 00 00 00 00 01 01 00 00 80 00 81 00")]));

    [Fact]
    public void Control_frames_come_between_the_parts() => Assert.Equal(
        ["Text first 61", "Ping 70", "Text 62", "Pong ", "Text last 63", "Close 03E8"],
        Parts([Bytes("01 01 61 89 01"), Bytes("70 00 01 62 8A 00 80 01 63 88 02 03 E8")]));

    [Fact]
    public void Text_is_judged_across_parts() => Assert.Equal(
        ["Text first F09F", "Text last 9880"],
        Parts([Bytes("01 02 F0 9F 80 02 98 80")]));

    [Theory]
    [InlineData("01 02 F0 9F 80 01 61", "Text first F09F", Reason.InvalidText)] // not the character's third byte
    [InlineData("01 02 F0 9F 80 00", "Text first F09F", Reason.InvalidText)] // the message ends inside a character
    [InlineData("01 01 61 81 01 62", "Text first 61", Reason.UnfinishedMessage)]
    [InlineData("02 03 61 62 63 00 02 64 65", "Binary first 616263", Reason.MessageTooBig)]
    [InlineData("02 01 61 00 00 00 00 00 00", "Binary first 61", Reason.TooManyFragments)]
    public void Faults_are_those_of_whole_messages(string hex, string before, Reason reason) => Assert.Equal(
        [before, $"Fault {reason}"],
        Parts([Bytes(hex)], limits: new MessageLimits { MaxMessageBytes = 4, MaxFragments = 3 }));

    [Fact]
    public void Message_under_way_begins_with_what_was_held()
    {
        var reader = new EventReader(Role.Client, MessageLimits.Default);
        var events = new List<string>();
        Read(ref reader, Bytes("81 01 61 01 03 62 63"), events);
        reader.DeliverParts();
        Read(ref reader, Bytes("64 80 01 65"), events);
        Assert.Equal(["Text first last 61", "Text first 626364", "Text last 65"], events);
    }

    [Fact]
    public void Reader_holds_no_memory_for_parts()
    {
        var reader = new EventReader(Role.Client, new MessageLimits { MaxMessageBytes = 1 << 30, MaxFragments = int.MaxValue });
        reader.DeliverParts();
        var wire = new byte[64 * 1024];
        var total = 0L;
        var header = Bytes("82 7F 00 00 00 00 10 00 00 00").AsSpan();
        Assert.False(reader.TryRead(ref header, out _));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 4096; i++)
        {
            var input = wire.AsSpan();
            while (reader.TryRead(ref input, out var e)) total += e.Payload.Length;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(256L << 20, total);
    }

    [Fact]
    public void Parts_put_together_are_the_messages_in_every_cut() =>
        Gen.Select(Gen.Byte[0x20, 0x7E].Array[0, 40].Array[1, 8], Gen.Int[1, 60].Array[1, 20], Gen.Int[1, 9]).Sample((messages, cuts, fragmentBytes) =>
        {
            byte[] wire = [.. messages.SelectMany(message => Fragmented(message, fragmentBytes))];
            var pieces = new List<byte[]>();
            for (int from = 0, i = 0; from < wire.Length; i++)
            {
                var to = Math.Min(wire.Length, from + cuts[i % cuts.Length]);
                pieces.Add(wire[from..to]);
                from = to;
            }

            var together = new List<string>();
            foreach (var part in Parts(pieces))
            {
                var fields = part.Split(' ');
                if (part.Contains(" first", StringComparison.Ordinal)) together.Add("");
                together[^1] += fields[^1];
            }

            Assert.Equal(messages.Select(Convert.ToHexString), together);
        });

    private static List<string> Parts(IEnumerable<byte[]> pieces, MessageLimits? limits = null)
    {
        var reader = new EventReader(Role.Client, limits ?? MessageLimits.Default);
        reader.DeliverParts();
        var events = new List<string>();
        foreach (var piece in pieces) Read(ref reader, piece.ToArray(), events);
        return events;
    }

    private static void Read(ref EventReader reader, Span<byte> input, List<string> events)
    {
        while (reader.TryRead(ref input, out var e))
        {
            events.Add(e.Kind switch
            {
                MessageEventKind.Fault => $"Fault {e.Fault.Reason}",
                MessageEventKind.Text or MessageEventKind.Binary =>
                    $"{e.Kind}{(e.IsFirst ? " first" : "")}{(e.IsLast ? " last" : "")} {Convert.ToHexString(e.Payload)}",
                _ => $"{e.Kind} {Convert.ToHexString(e.Payload)}",
            });
        }
    }

    private static IEnumerable<byte> Fragmented(byte[] message, int fragmentBytes)
    {
        for (var from = 0; ; from += fragmentBytes)
        {
            var isLast = from + fragmentBytes >= message.Length;
            var fragment = message[from..Math.Min(message.Length, from + fragmentBytes)];
            byte[] frame = [(byte)((isLast ? 0x80 : 0) | (from == 0 ? 1 : 0)), (byte)fragment.Length, .. fragment];
            foreach (var b in frame) yield return b;
            if (isLast) yield break;
        }
    }
}
