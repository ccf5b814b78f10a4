using System.Buffers;
using CsCheck;
using Duplex.Protocol.Extensions;
using Duplex.Protocol.Messages;
using Duplex.WebSockets.Compression;

namespace Duplex.WebSockets.Tests.Compression;

/// <summary>Compressed messages in parts: sent as fragments, and inflated a part at a time.</summary>
public sealed class CompressedPartTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Parts_inflate_to_what_was_written_and_the_next_message_too(bool keepsContext) =>
        Gen.Select(Gen.Byte[0, 5].Array[1, 3000].Array[1, 6], Gen.Bool).Sample((parts, endsEmpty) =>
        {
            using var peers = new Peers(keepsContext);
            byte[] message = [.. parts.SelectMany(part => part)];
            for (var i = 0; i < 3; i++)
            {
                Assert.Equal(message, peers.Inflate(peers.CompressParts(endsEmpty ? [.. parts, []] : parts)));
                if (peers.Compress(message) is { } whole) Assert.Equal(message, peers.Inflate(whole));
            }
        });

    [Fact]
    public void Peer_can_inflate_every_part_as_soon_as_it_has_come()
    {
        using var peers = new Peers();
        foreach (var word in (string[])["first ", "second ", "third"])
        {
            using var part = peers.Server.CompressPart(System.Text.Encoding.ASCII.GetBytes(word), isLast: false);
            Assert.Equal(InflateResult.Ok, peers.TryInflate(part.Span, false, 100, out var inflated));
            Assert.Equal(word, System.Text.Encoding.ASCII.GetString(inflated));
        }

        using var last = peers.Server.CompressPart([], isLast: true);
        Assert.Equal(InflateResult.Ok, peers.TryInflate(last.Span, true, 100, out _));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Abandoned_message_leaves_the_pools_clean(bool keepsContext)
    {
        var abandoning = new Peers(keepsContext);
        abandoning.Server.CompressPart(new byte[10_000], isLast: false).Dispose();
        abandoning.Dispose();
        using var others = new Peers(keepsContext);
        Assert.Equal("Hello"u8, others.Inflate(others.CompressParts([.. "Hel"u8], [.. "lo"u8])));
    }

    // 32 MiB out of 32 KiB: no part of it may be more than a few steps of the inflater.
    [Fact]
    public void Reader_inflates_a_large_message_a_bounded_part_at_a_time()
    {
        using var deflater = new Peers();
        var compressed = deflater.CompressParts(new byte[32 << 20]);
        var agreement = new DeflateAgreement(true, true, 15, 15);
        using var inflater = new MessageInflater(Role.Client, agreement);
        var reader = new EventReader(Role.Client, new MessageLimits { MaxMessageBytes = 32 << 20 }, inflater);
        reader.DeliverParts();
        byte[] header = [0xC2, 127, 0, 0, 0, 0, .. BitConverter.GetBytes(System.Net.IPAddress.HostToNetworkOrder(compressed.Length))];
        var input = ((byte[])[.. header, .. compressed]).AsSpan();
        long total = 0, largest = 0;
        var isLast = false;
        while (reader.TryRead(ref input, out var e))
        {
            Assert.Equal(MessageEventKind.Binary, e.Kind);
            total += e.Payload.Length;
            largest = Math.Max(largest, e.Payload.Length);
            isLast = e.IsLast;
        }

        Assert.True(isLast);
        Assert.Equal(32 << 20, total);
        Assert.InRange(largest, 16 * 1024, 256 * 1024);
    }

    [Fact]
    public void Reader_stops_inflating_parts_at_the_limit_of_the_message()
    {
        using var deflater = new Peers();
        var compressed = deflater.CompressParts(new byte[200_000]);
        var agreement = new DeflateAgreement(true, true, 15, 15);
        using var inflater = new MessageInflater(Role.Client, agreement);
        var reader = new EventReader(Role.Client, new MessageLimits { MaxMessageBytes = 199_999 }, inflater);
        reader.DeliverParts();
        var input = ((byte[])[0xC2, 126, (byte)(compressed.Length >> 8), (byte)compressed.Length, .. compressed]).AsSpan();
        var total = 0L;
        var fault = ProtocolFaultReason.None;
        while (reader.TryRead(ref input, out var e))
        {
            total += e.Payload.Length;
            fault = e.Fault.Reason;
        }

        Assert.Equal(ProtocolFaultReason.MessageTooBig, fault);
        Assert.InRange(total, 0, 199_999);
    }

    // Every byte of a fragment in a turn of its own, control frames between: whatever is held must survive them.
    [Fact]
    public void Control_frames_between_the_bytes_of_compressed_fragments_lose_nothing()
    {
        using var deflater = new Peers();
        var message = new byte[5000];
        new Random(7).NextBytes(message.AsSpan(0, 500));
        var compressed = deflater.CompressParts(message[..100], message[100..400], message[400..]);
        using var inflater = new MessageInflater(Role.Client, new DeflateAgreement(true, true, 15, 15));
        var reader = new EventReader(Role.Client, MessageLimits.Default, inflater);
        reader.DeliverParts();
        var wire = new List<byte>();
        for (var i = 0; i < compressed.Length; i++)
            wire.AddRange([0x89, 0x02, 0x70, 0x70, (byte)((i == 0 ? 0x42 : 0) | (i == compressed.Length - 1 ? 0x80 : 0)), 0x01, compressed[i]]);

        foreach (var chop in (int[])[1, 2, 3, 5, 6, 11, int.MaxValue])
        {
            var received = new ArrayBufferWriter<byte>();
            var pings = 0;
            foreach (var piece in wire.Chunk(Math.Min(chop, wire.Count)))
            {
                var input = piece.AsSpan();
                while (reader.TryRead(ref input, out var e))
                {
                    if (e.Kind == MessageEventKind.Ping)
                    {
                        Assert.Equal("pp"u8, e.Payload);
                        pings++;
                        continue;
                    }

                    Assert.Equal(MessageEventKind.Binary, e.Kind);
                    received.Write(e.Payload);
                }
            }

            Assert.Equal(message, received.WrittenSpan.ToArray());
            Assert.Equal(compressed.Length, pings);
        }
    }
}
