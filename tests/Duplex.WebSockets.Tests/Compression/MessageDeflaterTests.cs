using System.Text;
using CsCheck;

namespace Duplex.WebSockets.Tests.Compression;

/// <summary>RFC 7692 section 7.2.1.</summary>
public sealed class MessageDeflaterTests
{
    // Repeats at every distance up to 40,000 bytes, so that a deflater refers as far back as it may.
    private static readonly byte[] Repetitive = MakeRepetitive();

    private static readonly Gen<byte[]> MessageGen = Gen.OneOf(
        Gen.Byte.Array[0, 3000],
        Gen.Byte[0, 3].Array[0, 3000],
        Gen.Select(Gen.Int[0, Repetitive.Length - 1], Gen.Int[0, 60_000]).Select((start, length) => Repetitive.AsSpan(start, Math.Min(length, Repetitive.Length - start)).ToArray()));

    [Fact]
    public void Every_message_survives_every_window_takeover_level_and_memory() =>
        Gen.Select(Gen.Bool, Gen.Int[8, 15], Gen.Int[1, 9], Gen.Int[1, 9], MessageGen.Array[1, 5]).Sample(
            (keepsContext, windowBits, level, memoryLevel, messages) =>
            {
                using var peers = new Peers(keepsContext, windowBits, level, memoryLevel);
                foreach (var message in messages)
                {
                    var compressed = peers.Compress(message);
                    Assert.True(message.AsSpan().SequenceEqual(compressed is null ? message : peers.Inflate(compressed)));
                }
            },
            iter: 200);

    [Theory]
    [CombinatorialWindows]
    public void Server_never_refers_farther_back_than_the_window_agreed(int windowBits, int level, bool keepsContext)
    {
        using var peers = new Peers(keepsContext, windowBits, level);
        var walker = new DeflateWalker();
        for (var i = 0; i < 3; i++)
        {
            var compressed = peers.Compress(Repetitive);
            Assert.True(Repetitive.AsSpan().SequenceEqual(walker.Read(compressed)));
        }

        Assert.InRange(walker.FarthestReference, 1, 1 << windowBits);
        Assert.True(walker.MatchCount > 100);
    }

    [Fact]
    public void Server_without_context_takeover_refers_to_nothing_before_the_message()
    {
        using var peers = new Peers(keepsContext: false);
        var message = "a message that is sent twice, word by word, a message that is sent twice"u8;
        var first = peers.Compress(message);
        Assert.Equal(first, peers.Compress(message));
        Assert.True(message.SequenceEqual(new DeflateWalker().Read(peers.Compress(message))));
    }

    [Fact]
    public void Server_with_context_takeover_says_again_in_few_bytes_what_it_said_before()
    {
        using var peers = new Peers(keepsContext: true);
        var message = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(1000, 100)));
        var first = peers.Compress(message)!;
        var second = peers.Compress(message)!;
        Assert.True(second.Length * 10 < first.Length);
        Assert.Equal(message, peers.Inflate(first));
        Assert.Equal(message, peers.Inflate(second));
    }

    [Fact]
    public void Server_that_forgets_its_window_goes_on_without_references_to_it()
    {
        using var peers = new Peers(keepsContext: true);
        var message = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(1000, 100)));
        var first = peers.Compress(message);
        peers.Server.Forget();
        Assert.Equal(first, peers.Compress(message));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_empty_message_is_one_zero_byte(bool keepsContext)
    {
        using var peers = new Peers(keepsContext);
        Assert.Equal([0], peers.Compress([]));
        Assert.Equal([0], peers.Compress([]));
        Assert.Empty(peers.Inflate([0]));
    }

    [Fact]
    public void A_short_message_is_sent_as_it_is()
    {
        using var peers = new Peers(keepsContext: true, minMessageBytes: 10);
        Assert.Null(peers.Compress(new byte[9]));
        Assert.NotNull(peers.Compress(new byte[10]));
    }

    [Fact]
    public void A_message_that_compression_makes_longer_is_sent_as_it_is()
    {
        using var peers = new Peers();
        var noise = new byte[5000];
        new Random(1).NextBytes(noise);
        Assert.Null(peers.Compress(noise));
    }

    [Fact]
    public void Disposing_twice_does_nothing_and_compressing_afterwards_is_refused()
    {
        var peers = new Peers(keepsContext: true);
        peers.Compress(new byte[100]);
        peers.Dispose();
        peers.Dispose();
        Assert.Throws<ObjectDisposedException>(() => peers.Compress(new byte[100]));
    }

    private static byte[] MakeRepetitive()
    {
        var random = new Random(7);
        var phrases = Enumerable.Range(0, 40).Select(_ =>
        {
            var phrase = new byte[random.Next(5, 30)];
            random.NextBytes(phrase);
            return phrase;
        }).ToArray();
        var text = new List<byte>();
        while (text.Count < 100_000)
        {
            text.AddRange(phrases[random.Next(phrases.Length)]);
            if (random.Next(3) == 0) text.AddRange(new byte[random.Next(1, 12)]);
            if (random.Next(20) == 0) text.AddRange(phrases.SelectMany(p => p).Take(random.Next(2, 600)).Select(b => (byte)(b ^ random.Next(2))));
        }

        return [.. text];
    }
}
