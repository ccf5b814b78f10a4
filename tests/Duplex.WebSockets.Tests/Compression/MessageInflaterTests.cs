using CsCheck;
using Duplex.Protocol.Extensions;

namespace Duplex.WebSockets.Tests.Compression;

/// <summary>RFC 7692 section 7.2.2, with the examples of section 7.2.3.</summary>
public sealed class MessageInflaterTests
{
    [Theory]
    [InlineData("F248CDC9C90700", "Hello")] // 7.2.3.1
    [InlineData("000500FAFF48656C6C6F00", "Hello")] // 7.2.3.3
    [InlineData("F348CDC9C9070000", "Hello")] // 7.2.3.4
    [InlineData("F348CDC9C90700", "Hello")] // the same without the octet that it asks for
    [InlineData("F248050000 00FFFFCAC9C90700", "Hello")] // 7.2.3.5
    [InlineData("00", "")] // 7.2.3.6
    [InlineData("", "")]
    [InlineData("0300", "")]
    public void Client_inflates_what_the_RFC_shows_in_every_cut(string hex, string text)
    {
        var payload = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        for (var cut = 0; cut <= payload.Length; cut++)
        {
            using var peers = new Peers();
            Assert.Equal(InflateResult.Ok, peers.TryInflate(payload.AsSpan(0, cut), false, 100, out var head));
            Assert.Equal(InflateResult.Ok, peers.TryInflate(payload.AsSpan(cut), true, 100, out var tail));
            Assert.Equal(text, System.Text.Encoding.ASCII.GetString([.. head, .. tail]));
        }
    }

    // 7.2.3.2: the second message refers to the first.
    [Fact]
    public void Client_keeps_the_window_only_with_context_takeover()
    {
        byte[] first = [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00], second = [0xF2, 0x00, 0x11, 0x00, 0x00];
        using var keeping = new Peers(keepsContext: true);
        keeping.Inflate(first);
        Assert.Equal("Hello"u8, keeping.Inflate(second));
        Assert.Empty(keeping.Inflate([]));
        Assert.Equal("Hello"u8, keeping.Inflate(second));

        using var forgetting = new Peers(keepsContext: false);
        forgetting.Inflate(first);
        Assert.Equal(InflateResult.Corrupt, forgetting.TryInflate(second, true, 100, out _));
    }

    [Theory]
    [InlineData("07")] // block type 3
    [InlineData("000500FAFE")] // stored length and its complement differ
    [InlineData("000500FAFF4865")] // cut inside a stored block: its tail would be read as content
    [InlineData("F248")] // cut inside a fixed block
    [InlineData("F248CDC9C907")] // the omitted block's header is missing
    [InlineData("F20011")] // refers to before the message
    [InlineData("FFFFFFFFFF")]
    public void Client_refuses_what_is_not_a_whole_deflated_message(string hex)
    {
        using var peers = new Peers();
        Assert.Equal(InflateResult.Corrupt, peers.TryInflate(Convert.FromHexString(hex), true, 1000, out _));
    }

    // Code tables and their symbols: wherever such a block is cut, the tail would be read as a part of it.
    [Fact]
    public void Client_refuses_a_message_cut_anywhere_inside_a_dynamic_block()
    {
        using var peers = new Peers(level: 9);
        var text = string.Concat(Enumerable.Range(0, 400).Select(i => $"{i * i % 977:x} "));
        var compressed = peers.Compress(System.Text.Encoding.ASCII.GetBytes(text))!;
        Assert.Equal(0b100, compressed[0] & 0b111); // BTYPE=10, RFC 1951 section 3.2.3
        for (var length = 1; length < compressed.Length; length++)
        {
            using var cut = new Peers();
            Assert.True(cut.TryInflate(compressed.AsSpan(0, length), true, 100_000, out _) == InflateResult.Corrupt, $"Cut at {length}.");
        }
    }

    [Fact]
    public void No_cut_of_a_compressed_message_changes_it() =>
        Gen.Select(Gen.Byte[0, 5].Array[1, 2000], Gen.Int[0, 2000].Array[0, 6], Gen.Bool).Sample((message, cuts, keepsContext) =>
        {
            using var peers = new Peers(keepsContext);
            var compressed = peers.Compress(message);
            if (compressed is null) return;
            var parts = new List<byte>();
            var from = 0;
            foreach (var cut in cuts.Select(cut => cut % compressed.Length).Order())
            {
                Assert.Equal(InflateResult.Ok, peers.TryInflate(compressed.AsSpan(from..cut), false, int.MaxValue, out var part));
                parts.AddRange(part);
                from = cut;
            }

            parts.AddRange(peers.Inflate(compressed.AsSpan(from)));
            Assert.Equal(message, parts.ToArray());
        });

    [Fact]
    public void A_message_of_exactly_the_limit_passes_and_one_byte_more_does_not()
    {
        using var peers = new Peers();
        var compressed = peers.Compress(new byte[5000]);
        Assert.Equal(5000, peers.Inflate(compressed, maxBytes: 5000).Length);
        Assert.Equal(InflateResult.TooBig, peers.TryInflate(compressed, true, 4999, out var inflated));
        Assert.Equal(4999, inflated.Length);
    }

    [Fact]
    public void An_empty_message_passes_a_limit_of_zero()
    {
        using var peers = new Peers();
        Assert.Empty(peers.Inflate([0], maxBytes: 0));
        Assert.Equal(InflateResult.TooBig, peers.TryInflate(peers.Compress([1, 1, 1, 1, 1, 1, 1, 1, 1]), true, 0, out _));
    }

    [Fact]
    public void Arbitrary_bytes_never_throw_and_never_pass_the_limit() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[0, 500], Gen.Bool).Sample((bytes, limit, keepsContext) =>
        {
            using var peers = new Peers(keepsContext);
            peers.TryInflate(bytes, true, limit, out var inflated);
            Assert.True(inflated.Length <= limit);
        });

    [Fact]
    public void Inflater_is_clean_again_after_a_corrupt_message()
    {
        using var peers = new Peers();
        Assert.Equal(InflateResult.Corrupt, peers.TryInflate([0x07], true, 100, out _));
        Assert.Equal("Hello"u8, peers.Inflate([0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]));
    }

    [Fact]
    public void Disposing_in_the_middle_of_a_message_gives_back_a_clean_state()
    {
        var peers = new Peers(keepsContext: true);
        peers.TryInflate([0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48], false, 100, out _);
        peers.Dispose();
        peers.Dispose();
        Assert.Throws<ObjectDisposedException>(() => peers.TryInflate([0], true, 1, out _));
        using var others = new Peers();
        Assert.Equal("Hello"u8, others.Inflate([0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00]));
    }
}
