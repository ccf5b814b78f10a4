using System.Buffers.Binary;
using Showcase.Stage.Media;
using Showcase.Tests.Stage.Media;
using Showcase.Tests.Wire;

namespace Showcase.Tests.Stage;

/// <summary>A stage without a speaker.</summary>
public sealed class TestCardWireTests
{
    [Fact]
    public async Task Viewers_receive_the_test_card_as_if_it_was_sent_now_and_a_speaker_takes_its_place()
    {
        await using var showcase = await RunningShowcase.StartAsync();
        await using var viewer = await RawMedia.OpenAsync(showcase.Http, "/webinar/main/watch");
        var kinds = new List<MediaKind>();
        uint last = 0;
        while (kinds.Count < 100)
        {
            var message = (await viewer.ReadAsync())!;
            var age = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalSeconds - (BinaryPrimitives.ReadInt64BigEndian(message.AsSpan(5)) / 1e6);
            Assert.InRange(age, -1, 30);
            Assert.True(MediaBytes.SequenceOf(message) > last);
            last = MediaBytes.SequenceOf(message);
            kinds.Add(MediaBytes.KindOf(message));
        }

        Assert.Equal([MediaKind.VideoConfig, MediaKind.SoundConfig, MediaKind.KeyPicture], kinds[..3]);
        Assert.Contains(MediaKind.DeltaPicture, kinds);
        Assert.Contains(MediaKind.Sound, kinds);

        await using var ada = await showcase.ConnectAsync("ada");
        var ticket = (await ada.CallAsync("stage.open", """{"stage":"main","title":"Talk","slides":["# One"],"page":"page-of-ada"}""")).GetProperty("ticket").GetString();
        await using var sender = await RawMedia.OpenAsync(showcase.Http, $"/webinar/main/send?ticket={ticket}");
        await sender.SendAsync(MediaBytes.VideoConfig(7, width: 320, height: 180));
        byte[] config;
        do config = (await viewer.ReadAsync())!;
        while (MediaBytes.KindOf(config) != MediaKind.VideoConfig || MediaBytes.SequenceOf(config) != 7);
        Assert.Equal(320, BinaryPrimitives.ReadUInt16BigEndian(config.AsSpan(MediaMessage.HeaderBytes)));
    }
}
