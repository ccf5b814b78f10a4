using System.Buffers.Binary;
using Showcase.Stage.Media;

namespace Showcase.Tests.Stage.Media;

/// <summary>The recorded clip.</summary>
public sealed class TestCardTests
{
    private const int MaxFileBytes = 2_500_000;

    [Fact]
    public void The_recorded_clip_is_what_a_sender_may_send_and_is_small()
    {
        var card = TestCard.Load();
        var rules = new MediaRules(TimeProvider.System);
        var (bytes, sequence, keys) = (0, 0u, 0);
        for (var index = 0; index < card.Count; index++)
        {
            var copy = card.CopyOf(index);
            MediaMessage.Restamp(copy, ++sequence, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000);
            Assert.True(MediaMessage.TryRead(copy, out var message));
            // The allowance is one of time, which a recording at once exceeds.
            if (rules.FaultOf(message) is { } fault) Assert.Equal("More media arrive than a stage relays.", fault);
            if (message.Kind == MediaKind.KeyPicture) keys++;
            bytes += 4 + copy.Length;
        }

        Assert.InRange(bytes, 1, MaxFileBytes);
        Assert.InRange(card.Duration, 20_000_000, 30_000_000);
        Assert.InRange(keys, 10, 60);
    }

    [Theory]
    [InlineData(new byte[0]), InlineData(new byte[] { 0, 0, 0 }), InlineData(new byte[] { 0, 0, 0, 0 }), InlineData(new byte[] { 255, 255, 255, 255, 1 }), InlineData(new byte[] { 0, 0, 0, 9, 1 })]
    public void Anything_else_is_refused_with_a_sentence(byte[] file) =>
        Assert.EndsWith("record it again.", Assert.Throws<InvalidDataException>(() => new TestCard(file)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_message_is_copied_for_each_receiver()
    {
        var message = MediaBytes.VideoConfig(1);
        var file = new byte[4 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(file, message.Length);
        message.CopyTo(file, 4);
        var card = new TestCard(file);

        MediaMessage.Restamp(card.CopyOf(0), 99, 99);

        Assert.Equal(message, card.CopyOf(0));
    }
}
