using System.Text;
using Duplex.Centrifuge.Codecs;
using Duplex.Centrifuge.Json;
using Duplex.Centrifuge.Tests.Codecs;
using Duplex.Messaging.Commands;

namespace Duplex.Centrifuge.Tests.Json;

public sealed class HostileJsonTests
{
    private readonly JsonCodec _codec = new();

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("\"text\"")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{} x")]
    [InlineData("{\"id\":1,}")]
    [InlineData("// comment")]
    [InlineData("{\n\"id\":1}")]
    [InlineData("\n{}")]
    [InlineData("\ufeff{}")]
    public void What_is_no_object_on_one_line_is_refused(string frame) => _codec.ShouldRefuse(frame);

    [Theory]
    [InlineData("""{"id":"1"}""")]
    [InlineData("""{"id":-1}""")]
    [InlineData("""{"id":1.5}""")]
    [InlineData("""{"id":4294967296}""")]
    [InlineData("""{"id":1,"connect":[]}""")]
    [InlineData("""{"id":1,"connect":{"token":1}}""")]
    [InlineData("""{"id":1,"connect":{"subs":[]}}""")]
    [InlineData("""{"id":1,"connect":{"headers":{"a":1}}}""")]
    [InlineData("""{"id":1,"subscribe":{"channel":["a"]}}""")]
    [InlineData("""{"id":1,"subscribe":{"recover":1}}""")]
    [InlineData("""{"id":1,"subscribe":{"offset":-1}}""")]
    [InlineData("""{"id":1,"subscribe":{"offset":18446744073709551616}}""")]
    [InlineData("""{"id":1,"subscribe":{"tf":{"nodes":[1]}}}""")]
    [InlineData("""{"id":1,"subscribe":{"tf":{"vals":["a",2]}}}""")]
    [InlineData("""{"id":1,"history":{"since":4}}""")]
    [InlineData("""{"id":1,"sub_refresh":{"track":{}}}""")]
    public void A_field_of_the_wrong_type_or_range_is_refused(string frame) => _codec.ShouldRefuse(frame);

    [Fact]
    public void A_payload_is_measured_by_itself_and_one_level_too_many_is_noted_for_the_session_to_refuse()
    {
        static string Nested(int depth, string open, string close) =>
            """{"id":1,"publish":{"data":""" + string.Concat(Enumerable.Repeat(open, depth)) + string.Concat(Enumerable.Repeat(close, depth)) + ",\"channel\":\"a\"}}";

        foreach (var (depth, isTooDeep) in ((int, bool)[])[(1, false), (64, false), (65, true), (100_000, true)])
        {
            ReadOnlySpan<byte> frame = Encoding.UTF8.GetBytes(Nested(depth, "[", "]"));
            Assert.Equal(CommandStatus.Command, _codec.ReadCommand(ref frame, out var command, out _));
            Assert.Equal((isTooDeep, "a"), (command.IsTooDeep, Assert.IsType<PublishRequest>(command.Request).Channel));
        }

        ReadOnlySpan<byte> objects = Encoding.UTF8.GetBytes(Nested(64, "{\"a\":[", "]}"));
        Assert.Equal(CommandStatus.Command, _codec.ReadCommand(ref objects, out var deep, out _));
        Assert.True(deep.IsTooDeep);
        Assert.False(_codec.TryReadConnect(Encoding.UTF8.GetBytes("{\"data\":" + new string('[', 65) + new string(']', 65) + "}"), out _, out _));
    }

    [Fact]
    public void A_filter_nested_ten_thousand_deep_is_refused() =>
        _codec.ShouldRefuse(
            """{"id":1,"subscribe":{"tf":""" + string.Concat(Enumerable.Repeat("""{"op":"not","nodes":[""", 10_000)));

    [Fact]
    public void Entries_beyond_the_limit_are_refused()
    {
        var codec = new JsonCodec(limits: new CodecLimits { MaxEntries = 3 });
        static string Subs(int count) =>
            """{"id":1,"connect":{"subs":{""" + string.Join(',', Enumerable.Range(0, count).Select(i => $"\"{i}\":{{}}")) + "}}}";

        Assert.Equal(3, codec.ShouldRead<ConnectRequest>(Subs(3)).Subs.Count);
        Assert.Equal("too many entries", codec.ShouldRefuse(Subs(4)).Reason);
        codec.ShouldRefuse("""{"id":1,"connect":{"headers":{"a":"","b":"","c":"","d":""}}}""");
        codec.ShouldRefuse("""{"id":1,"subscribe":{"tf":{"vals":["1","2"],"nodes":[{},{}]}}}""");
        codec.ShouldRefuse("""{"id":1,"sub_refresh":{"untrack":["1","2","3","4"]}}""");
        codec.ShouldRefuse("""{"id":1,"sub_refresh":{"track":[{"items":[{},{},{}]}]}}""");
    }

    [Fact]
    public void A_channel_name_of_a_megabyte_is_read_for_the_session_to_refuse() =>
        Assert.Equal(1 << 20, _codec.ShouldRead<SubscribeRequest>(
            """{"id":1,"subscribe":{"channel":""" + '"' + new string('c', 1 << 20) + "\"}}").Channel.Length);

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused()
    {
        byte[] frame = [.. "{\"id\":1,\"send\":{\"data\":\""u8, 0xC3, 0x28, .. "\"}}"u8];

        Assert.Equal("not UTF-8", _codec.ShouldRefuse(frame).Reason);
    }

    [Fact]
    public void Half_a_surrogate_pair_in_a_name_is_refused() =>
        _codec.ShouldRefuse("{\"id\":1,\"subscribe\":{\"channel\":\"\\ud83d\"}}");

    [Fact]
    public void A_fault_behind_good_commands_does_not_undo_them()
    {
        ReadOnlySpan<byte> frame = "{\"id\":1,\"connect\":{}}\nnonsense"u8;

        Assert.Equal(CommandStatus.Command, _codec.ReadCommand(ref frame, out _, out _));
        _codec.ShouldRefuse(frame);
    }

    [Fact]
    public void Every_cut_of_a_command_is_refused_or_empty()
    {
        var whole = Encoding.UTF8.GetBytes(
            """{"id":1,"subscribe":{"channel":"é","data":{"a":[1,2]},"tf":{"nodes":[{"key":"k"}]},"recover":true}}""");

        for (var length = 1; length < whole.Length; length++) _codec.ShouldRefuse(whole.AsSpan(0, length));
    }
}
