using Duplex.Centrifuge.Codecs;
using Duplex.Centrifuge.Protobuf;
using Duplex.Centrifuge.Tests.Codecs;
using Duplex.Messaging.Commands;
using Google.Protobuf;
using Wire = Duplex.Centrifuge.Tests.Schema;

namespace Duplex.Centrifuge.Tests.Protobuf;

public sealed class HostileProtobufTests
{
    private readonly ProtobufCodec _codec = new();

    [Theory]
    [InlineData("01")] // a length of 1 and nothing
    [InlineData("FFFFFFFFFF")] // a length that does not end
    [InlineData("FFFFFFFF0F")] // 4 GiB
    public void A_length_that_does_not_fit_is_refused(string hex) => _codec.ShouldRefuse(Convert.FromHexString(hex));

    [Theory]
    [InlineData("0100")] // field number 0
    [InlineData("0107")] // wire type 7
    [InlineData("010B")] // a group begins
    [InlineData("010C")] // a group ends
    [InlineData("0108")] // id without a value
    [InlineData("0B08FFFFFFFFFFFFFFFFFFFF")] // id that does not end
    [InlineData("022A05")] // subscribe longer than the command
    [InlineData("0B2AFFFFFFFFFFFFFFFFFF01")] // subscribe of 2^64 - 1 bytes
    [InlineData("052A030A01FF")] // a channel that is not UTF-8
    [InlineData("080880808080808080")] // cut within a number
    public void Malformed_fields_are_refused(string hex) => _codec.ShouldRefuse(Convert.FromHexString(hex));

    [Fact]
    public void A_filter_nested_to_the_limit_is_read_and_beyond_it_is_refused()
    {
        static byte[] Nested(int depth)
        {
            var node = new Wire.FilterNode();
            for (var i = 1; i < depth; i++) node = new Wire.FilterNode { Op = "not", Nodes = { node } };
            return ProtobufCommandTests.Delimited(new Wire.Command { Id = 1, Subscribe = new() { Tf = node } });
        }

        // Subscribe and filter are one level each below the command.
        var codec = new ProtobufCodec(limits: new CodecLimits { MaxDepth = 10 });
        codec.ShouldRead<SubscribeRequest>(Nested(9));
        Assert.Equal("nested too deeply", codec.ShouldRefuse(Nested(10)).Reason);
        _codec.ShouldRefuse(Nested(500));
    }

    [Fact]
    public void Entries_beyond_the_limit_are_refused()
    {
        var codec = new ProtobufCodec(limits: new CodecLimits { MaxEntries = 3 });
        var command = new Wire.Command { Id = 1, Connect = new() { Headers = { ["a"] = "", ["b"] = "" }, Subs = { ["c"] = new() } } };
        codec.ShouldRead<ConnectRequest>(ProtobufCommandTests.Delimited(command));

        command.Connect.Subs["d"] = new();
        Assert.Equal("too many entries", codec.ShouldRefuse(ProtobufCommandTests.Delimited(command)).Reason);
        codec.ShouldRefuse(ProtobufCommandTests.Delimited(new Wire.Command { Subscribe = new() { Tf = new() { Vals = { "1", "2", "3" } } } }));
        codec.ShouldRefuse(ProtobufCommandTests.Delimited(new Wire.Command { SubRefresh = new() { Untrack = { "1", "2", "3", "4" } } }));
        codec.ShouldRefuse(ProtobufCommandTests.Delimited(new Wire.Command
        {
            SubRefresh = new() { Track = { new Wire.TrackBatch { Items = { new Wire.KeyedItem(), new Wire.KeyedItem(), new Wire.KeyedItem() } } } },
        }));
    }

    [Fact]
    public void A_channel_name_of_a_megabyte_is_read_for_the_session_to_refuse()
    {
        var frame = ProtobufCommandTests.Delimited(new Wire.Command { Subscribe = new() { Channel = new string('c', 1 << 20) } });

        Assert.Equal(1 << 20, _codec.ShouldRead<SubscribeRequest>(frame).Channel.Length);
    }

    [Fact]
    public void Every_cut_of_a_frame_is_refused()
    {
        var whole = ProtobufCommandTests.Delimited(new Wire.Command
        {
            Id = 300,
            Subscribe = new() { Channel = "é", Data = ByteString.CopyFrom(1, 2), Tf = new() { Nodes = { new Wire.FilterNode { Key = "k" } } }, Recover = true },
        });

        for (var length = 1; length < whole.Length; length++) _codec.ShouldRefuse(whole.AsSpan(0, length));
    }
}
