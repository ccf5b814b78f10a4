using Duplex.Protocol.Framing;
using Duplex.Protocol.Messages;

namespace Duplex.Protocol.Tests.Messages;

/// <summary>0 bytes per message once pools are warm.</summary>
[Collection(nameof(MeasuredAlone))]
public sealed class MessageAllocationTests
{
    [Theory]
    [InlineData(32), InlineData(1000), InlineData(60_000)]
    public void Whole_messages_are_read_without_allocating(int length) => ReadsWithoutAllocating(Masked(length), [int.MaxValue]);

    [Theory]
    [InlineData(32), InlineData(1000), InlineData(60_000)]
    public void Cut_messages_are_read_without_allocating(int length) => ReadsWithoutAllocating(Masked(length), [1, 7, length / 2]);

    [Fact]
    public void Cut_control_frames_are_read_without_allocating()
    {
        var wire = new byte[200];
        wire = wire[..FrameWriter.WriteMaskedFrame(wire, Opcode.Ping, new byte[100], 0x01020304)];
        ReadsWithoutAllocating(wire, [10, 30]);
    }

    private static byte[] Masked(int length)
    {
        var wire = new byte[length + FrameWriter.MaxHeaderBytes];
        return wire[..FrameWriter.WriteMaskedFrame(wire, Opcode.Text, new byte[length], 0x3d21fa37)];
    }

    private static void ReadsWithoutAllocating(byte[] frame, int[] pieces)
    {
        var reader = new EventReader(Role.Server, MessageLimits.Default);
        var wire = new byte[frame.Length];
        for (var i = 0; i < 50; i++) Assert.Equal(1, ReadOnce());
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) ReadOnce();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        reader.Dispose();

        int ReadOnce()
        {
            frame.CopyTo(wire, 0);
            var events = 0;
            var rest = wire.AsSpan();
            for (var i = 0; rest.Length > 0; i++)
            {
                var length = i < pieces.Length ? Math.Min(pieces[i], rest.Length) : rest.Length;
                var input = rest[..length];
                rest = rest[length..];
                while (reader.TryRead(ref input, out _)) events++;
            }

            return events;
        }
    }
}
