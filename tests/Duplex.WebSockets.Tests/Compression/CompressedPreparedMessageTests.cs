using Duplex.WebSockets.Messages;

namespace Duplex.WebSockets.Tests.Compression;

/// <summary>Design D5: framed once, compressed once.</summary>
public sealed class CompressedPreparedMessageTests
{
    private static readonly byte[] Text = [.. Enumerable.Repeat("{\"price\":101.25,\"size\":3}"u8.ToArray(), 100).SelectMany(part => part)];

    [Fact]
    public void Connections_with_the_same_window_share_one_compressed_frame()
    {
        var message = PreparedMessage.Create(Text, MessageType.Text);
        using Peers first = new(), second = new();
        var frame = message.CompressedFor(first.Server);
        Assert.Same(frame, message.CompressedFor(second.Server));
        Assert.Equal(0xC1, frame.Frame.Span[0]);
        Assert.Equal(Text, first.Inflate(frame.Payload.Span));
    }

    [Fact]
    public async Task Concurrent_demand_waits_for_one_result()
    {
        var message = PreparedMessage.Create(Text, MessageType.Text);
        using var start = new Barrier(4);
        var frames = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () =>
            {
                using var peers = new Peers();
                start.SignalAndWait(TestContext.Current.CancellationToken);
                return message.CompressedFor(peers.Server);
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        Assert.All(frames, frame => Assert.Same(frames[0], frame));
    }

    [Fact]
    public void A_smaller_window_gets_a_frame_of_its_own_that_honours_it()
    {
        var message = PreparedMessage.Create(Text, MessageType.Text);
        using Peers wide = new(), narrow = new(windowBits: 9);
        Assert.NotSame(message.CompressedFor(wide.Server), message.CompressedFor(narrow.Server));
        var walker = new DeflateWalker();
        Assert.Equal(Text, walker.Read(message.CompressedFor(narrow.Server).Payload.Span));
        Assert.InRange(walker.FarthestReference, 1, 512);
    }

    [Fact]
    public void A_message_that_compression_does_not_make_shorter_goes_out_as_it_is()
    {
        var noise = new byte[500];
        new Random(3).NextBytes(noise);
        var message = PreparedMessage.Create(noise, MessageType.Binary);
        using var peers = new Peers();
        Assert.Same(message, message.CompressedFor(peers.Server));
    }

    [Fact]
    public void A_message_below_the_least_size_goes_out_as_it_is()
    {
        var message = PreparedMessage.Create(Text, MessageType.Text);
        using var peers = new Peers(minMessageBytes: Text.Length + 1);
        Assert.Same(message, message.CompressedFor(peers.Server));
    }

    // The peer's window moves on with the shared frame and ours does not, so references across it would be wrong.
    [Fact]
    public void A_connection_with_context_takeover_goes_on_correctly_after_a_shared_frame()
    {
        using var peers = new Peers(keepsContext: true);
        Assert.Equal(Text, peers.Inflate(peers.Compress(Text)));
        var other = "something else in between that is long enough to shift the window, shift, shift, shift"u8.ToArray();
        var message = PreparedMessage.Create(other, MessageType.Text);
        Assert.Equal(other, peers.Inflate(message.CompressedFor(peers.Server).Payload.Span));
        Assert.Equal(Text, peers.Inflate(peers.Compress(Text)));
    }

    [Fact]
    public void Compressed_frames_go_with_their_message()
    {
        var message = PreparedMessage.Create(Text, MessageType.Text);
        using var peers = new Peers();
        var frame = message.CompressedFor(peers.Server);
        message.Release();
        Assert.Throws<ObjectDisposedException>(() => frame.Frame);
    }
}
