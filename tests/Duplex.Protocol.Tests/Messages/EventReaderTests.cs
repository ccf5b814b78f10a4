using Duplex.Protocol.Closing;
using Duplex.Protocol.Messages;
using static Duplex.Protocol.Tests.Messages.ReadEvent;
using static Duplex.Protocol.Tests.Messages.Wire;

namespace Duplex.Protocol.Tests.Messages;

/// <summary>The examples of RFC 6455 section 5.7, and whole messages of every length form.</summary>
public sealed class EventReaderTests
{
    [Fact]
    public void Client_reads_the_single_unmasked_text_message_of_section_5_7() => Reads("81 05 48 65 6c 6c 6f", TextMessage("Hello"));

    [Fact]
    public void Server_reads_the_single_masked_text_message_of_section_5_7() =>
        ServerReads("81 85 37 fa 21 3d 7f 9f 4d 51 58", TextMessage("Hello"));

    [Fact]
    public void Client_reads_the_fragmented_message_of_section_5_7() => Reads("01 03 48 65 6c 80 02 6c 6f", TextMessage("Hello"));

    [Fact]
    public void Client_reads_the_ping_of_section_5_7() => Reads("89 05 48 65 6c 6c 6f", Ping("Hello"));

    [Fact]
    public void Server_reads_the_masked_pong_of_section_5_7() => ServerReads("8a 85 37 fa 21 3d 7f 9f 4d 51 58", Pong("Hello"));

    [Fact]
    public void Client_reads_the_256_byte_binary_message_of_section_5_7() =>
        Reads(Bytes("82 7e 01 00" + Repeat("2a", 256)), [BinaryMessage([.. Enumerable.Repeat((byte)0x2a, 256)])]);

    [Fact]
    public void Client_reads_the_64_KiB_binary_message_of_section_5_7() =>
        Reads(Bytes("82 7f 00 00 00 00 00 01 00 00" + Repeat("2a", 65536)), [BinaryMessage([.. Enumerable.Repeat((byte)0x2a, 65536)])]);

    [Theory]
    [InlineData(0, "82 00")]
    [InlineData(125, "82 7d")]
    [InlineData(126, "82 7e 00 7e")]
    [InlineData(127, "82 7e 00 7f")]
    [InlineData(128, "82 7e 00 80")]
    [InlineData(65535, "82 7e ff ff")]
    [InlineData(65536, "82 7f 00 00 00 00 00 01 00 00")]
    public void Client_reads_a_payload_of_each_length_form(int length, string header) =>
        Reads(Bytes(header + Repeat("00", length)), [BinaryMessage(new byte[length])]);

    [Fact]
    public void Server_unmasks_a_payload_whose_pieces_do_not_end_on_the_key()
    {
        var key = new byte[] { 1, 2, 3, 4 };
        var payload = Enumerable.Range(0, 200).Select(i => (byte)i).ToArray();
        byte[] wire = [0x82, 0xFE, 0, 200, .. key, .. payload.Select((b, i) => (byte)(b ^ key[i % 4]))];
        Reads(wire, [BinaryMessage(payload)], Role.Server);
    }

    [Fact]
    public void Client_reads_control_frames_between_fragments() =>
        Reads("01 01 61 89 01 70 00 01 62 8a 00 80 01 63", Ping("p"), Pong(""), TextMessage("abc"));

    [Fact]
    public void Client_reads_empty_fragments() => Reads("02 00 00 00 80 00 01 00 80 01 61", BinaryMessage(), TextMessage("a"));

    [Fact]
    public void Client_reads_messages_one_after_the_other() => Reads("81 01 61 82 01 62 81 01 63", TextMessage("a"), BinaryMessage(0x62), TextMessage("c"));

    [Fact]
    public void Reader_hands_out_a_whole_message_where_it_lies_in_the_input()
    {
        var reader = new EventReader(Role.Client, MessageLimits.Default);
        var wire = Bytes("82 02 61 62");
        var input = wire.AsSpan();
        Assert.True(reader.TryRead(ref input, out var e));
        Assert.True(e.Payload.Overlaps(wire));
    }

    [Fact]
    public void Reader_knows_whether_a_message_is_under_way()
    {
        var reader = new EventReader(Role.Client, MessageLimits.Default);
        Assert.False(reader.IsMidMessage);
        Assert.True(AfterReading(ref reader, "01"));
        Assert.True(AfterReading(ref reader, "01 61"));
        Assert.True(AfterReading(ref reader, "80 01"));
        Assert.False(AfterReading(ref reader, "62"));

        static bool AfterReading(ref EventReader reader, string hex)
        {
            var input = Bytes(hex).AsSpan();
            while (reader.TryRead(ref input, out _)) { }

            return reader.IsMidMessage;
        }
    }

    [Fact]
    public void Reader_discards_what_follows_a_close_frame() =>
        Reads("88 02 03 e8 81 01 61 83 00", Close(CloseCode.NormalClosure));

    [Fact]
    public void Reader_discards_what_follows_a_fault() =>
        Reads("83 00 81 01 61", Fault(ProtocolFaultReason.ReservedOpcode, CloseCode.ProtocolError, 0));
}
