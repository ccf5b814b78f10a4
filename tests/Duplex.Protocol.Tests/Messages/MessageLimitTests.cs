using Duplex.Protocol.Messages;
using static Duplex.Protocol.Tests.Messages.ReadEvent;
using static Duplex.Protocol.Tests.Messages.Wire;
using Reason = Duplex.Protocol.Messages.ProtocolFaultReason;

namespace Duplex.Protocol.Tests.Messages;

/// <summary>RFC 6455 section 10.4, and the faults that other implementations had with lengths.</summary>
public sealed class MessageLimitTests
{
    private static readonly MessageLimits Small = new() { MaxMessageBytes = 4, MaxFragments = 3 };

    [Fact]
    public void Message_at_the_limit_is_read() => Reads(Bytes("82 04 01 02 03 04"), [BinaryMessage(1, 2, 3, 4)], limits: Small);

    [Fact]
    public void Message_over_the_limit_closes_1009_before_its_payload_arrives() =>
        ShouldFailConnection("82 05", Reason.MessageTooBig, 1009, limits: Small);

    [Fact]
    public void Fragments_that_sum_up_over_the_limit_close_1009() =>
        ShouldFailConnection("02 03 01 02 03 80 02", Reason.MessageTooBig, 1009, offset: 5, limits: Small);

    [Fact]
    public void More_fragments_than_allowed_close_1008() =>
        ShouldFailConnection("02 00 00 00 00 00 00 00", Reason.TooManyFragments, 1008, offset: 6, limits: Small);

    // CVE-2020-13935, CVE-2020-27813, CVE-2026-1528.
    [Theory]
    [InlineData("82 7F 7F FF FF FF FF FF FF FF"), InlineData("82 7F 00 00 00 00 7F FF FF FF"), InlineData("82 7F 00 00 00 00 80 00 00 00")]
    [InlineData("82 7F 00 00 00 00 FF FF FF FF"), InlineData("82 7F 00 00 00 01 00 00 00 00")]
    public void Cve_2020_13935_Lengths_near_integer_limits_close_1009(string hex) =>
        ShouldFailConnection(hex, Reason.MessageTooBig, 1009, limits: new MessageLimits { MaxMessageBytes = 1 << 30 });

    [Theory]
    [InlineData("02 01 61 80 7F 7F FF FF FF FF FF FF FF"), InlineData("02 01 61 80 7F 00 00 00 00 7F FF FF FF")]
    public void Cve_2020_27813_Sums_of_fragments_near_integer_limits_close_1009(string hex) =>
        ShouldFailConnection(hex, Reason.MessageTooBig, 1009, offset: 3, limits: new MessageLimits { MaxMessageBytes = int.MaxValue });

    [Fact]
    public void Cve_2014_0193_Endless_empty_continuation_frames_close_1008()
    {
        var events = Read([Bytes("02 00"), .. Enumerable.Repeat(Bytes("00 00"), 5000)]);
        Assert.Equal(Reason.TooManyFragments, Assert.Single(events).Reason);
    }

    [Fact]
    public void Announced_length_alone_reserves_no_memory_for_it()
    {
        var reader = new EventReader(Role.Client, new MessageLimits { MaxMessageBytes = 1 << 30 });
        var input = Bytes("82 7F 00 00 00 00 40 00 00 00 61 62 63").AsSpan();
        var before = GC.GetAllocatedBytesForCurrentThread();
        reader.TryRead(ref input, out _);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }
}
