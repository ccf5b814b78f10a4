using System.Net.WebSockets;
using Showcase.Stage.Media;
using Showcase.Tests.Stage.Media;

namespace Showcase.Tests.Stage;

/// <summary>The media of docs/protocol/stage.md, from outside.</summary>
public sealed class RelayTests : StageSession
{
    private const int GroupPictures = 24, Viewers = 50;

    // A sender has an allowance of bytes a second.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly List<(uint Sequence, MediaKind Kind)> _sent = [];
    private uint _sequence;

    [Fact]
    public async Task Fifty_viewers_receive_all_sound_and_pictures_with_holes_only_before_key_pictures()
    {
        await using var sender = await OnStageAsync();
        await ConfigureAsync(sender);
        var viewers = await Task.WhenAll(Enumerable.Range(0, Viewers).Select(_ => WatchAsync()));
        var receptions = viewers.Select(Reception.Of).ToList();
        for (var group = 0; group < 8; group++) await SendGroupAsync(sender);
        await SendEndAsync(sender);

        foreach (var reception in receptions)
        {
            await reception.End;
            reception.AssertComplete(_sent);
        }

        foreach (var viewer in viewers) await viewer.DisposeAsync();
    }

    [Fact]
    public async Task A_viewer_that_does_not_read_loses_pictures_but_no_sound_and_the_speaker_sees_it()
    {
        await using var sender = await OnStageAsync();
        var show = (await Ada.SubscribeAsync("stage:main")).GetProperty("data").GetProperty("state").GetProperty("show").GetProperty("id").GetString();
        await Ada.SubscribeAsync($"speaker:{show}");
        await ConfigureAsync(sender);
        await using var slow = await WatchAsync();
        // A reader that waits for nothing answers no ping, so the server sees that nothing is read.
        var isSlow = Ada.PublicationAsync($"speaker:{show}", static data => data.GetProperty("slow").GetInt32() == 1);
        do await SendGroupAsync(sender);
        while (await Task.WhenAny(isSlow, Task.Delay(Pace, TestContext.Current.CancellationToken)) != isSlow);

        var reception = Reception.Of(slow);
        do
        {
            await SendGroupAsync(sender);
            await Task.Delay(Pace, TestContext.Current.CancellationToken);
        }
        while (!reception.HasKeyAfterHole);
        await SendEndAsync(sender);

        await reception.End;
        reception.AssertComplete(_sent);
        Assert.True(reception.Count < _sent.Count);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(40_000)]
    public async Task Whoever_joins_receives_the_configurations_and_the_whole_group_since_the_latest_key_picture(int size)
    {
        await using var sender = await OnStageAsync();
        await using var first = await WatchAsync();
        await ConfigureAsync(sender);
        await SendGroupAsync(sender);
        await SendAsync(sender, MediaBytes.Key(_sequence + 1, size));
        await SendAsync(sender, MediaBytes.Delta(_sequence + 1));
        await SendAsync(sender, MediaBytes.Sound(_sequence + 1, 7));
        while (MediaBytes.SequenceOf((await first.ReadAsync())!) != _sequence)
        {
            // The relay has everything when the first viewer has it.
        }

        await using var late = await WatchAsync();
        var received = new List<byte[]>();
        while (received.Count < 5) received.Add((await late.ReadAsync())!);

        Assert.Equal(
            [(MediaKind.VideoConfig, 1u), (MediaKind.SoundConfig, 2u), (MediaKind.KeyPicture, _sequence - 2), (MediaKind.DeltaPicture, _sequence - 1), (MediaKind.Sound, _sequence)],
            received.Select(static message => (MediaBytes.KindOf(message), MediaBytes.SequenceOf(message))));
    }

    [Fact]
    public async Task A_viewer_of_stills_receives_key_pictures_alone()
    {
        await using var sender = await OnStageAsync();
        await using var stills = await RawMedia.OpenAsync(Showcase.Http, "/webinar/main/watch?pictures=key");
        await ConfigureAsync(sender);
        for (var group = 0; group < 3; group++) await SendGroupAsync(sender);
        var kinds = new List<MediaKind>();
        while (kinds.Count < 4) kinds.Add(MediaBytes.KindOf((await stills.ReadAsync())!));
        Assert.Equal([MediaKind.VideoConfig, MediaKind.KeyPicture, MediaKind.KeyPicture, MediaKind.KeyPicture], kinds);
    }

    [Fact]
    public async Task A_key_picture_is_requested_where_a_viewer_that_joins_would_receive_too_much()
    {
        await using var sender = await OnStageAsync();
        await using var first = await WatchAsync();
        await ConfigureAsync(sender);
        await SendAsync(sender, MediaBytes.Key(_sequence + 1, size: 120_000));
        while (MediaBytes.KindOf((await first.ReadAsync())!) != MediaKind.KeyPicture)
        {
            // The relay has the key picture when the first viewer has it.
        }

        await using var late = await WatchAsync();
        Assert.Equal("key"u8.ToArray(), await sender.ReadAsync());
        await SendAsync(sender, MediaBytes.Delta(_sequence + 1));
        await SendAsync(sender, MediaBytes.Key(_sequence + 1));
        var kinds = new List<MediaKind>();
        while (!kinds.Contains(MediaKind.KeyPicture)) kinds.Add(MediaBytes.KindOf((await late.ReadAsync())!));
        Assert.Equal([MediaKind.VideoConfig, MediaKind.SoundConfig, MediaKind.KeyPicture], kinds);
    }

    public static TheoryData<string, byte[][], string> BadMessages { get; } = new()
    {
        { "no configuration", [MediaBytes.Key(1)], "A picture must follow its configuration." },
        { "sequence back", [MediaBytes.VideoConfig(5), MediaBytes.Key(4)], "A sequence must be above the one before." },
        { "no header", [[2, 0, 0]], "A message must be binary, with a header of 13 bytes and a payload." },
        { "unknown kind", [MediaBytes.Of((MediaKind)9, 1, [1])], "A message must be binary, with a header of 13 bytes and a payload." },
        { "delta first", [MediaBytes.VideoConfig(1), MediaBytes.Delta(2)], "A picture must follow its configuration and a key picture." },
        { "sound first", [MediaBytes.Sound(1, 3)], "Sound must follow its configuration." },
    };

    [Theory]
    [MemberData(nameof(BadMessages))]
    public async Task A_sender_that_breaks_a_rule_is_closed_with_1008_and_the_reason(string name, byte[][] messages, string reason)
    {
        Assert.NotEmpty(name);
        await using var sender = await OnStageAsync();
        foreach (var message in messages) await sender.SendAsync(message);
        Assert.Equal((1008, reason), await sender.ClosedAsync());
    }

    [Fact]
    public async Task Text_of_a_sender_is_refused_and_a_message_above_256_KiB_too()
    {
        await using (var sender = await OnStageAsync())
        {
            await sender.SendAsync("text is no media"u8.ToArray(), WebSocketMessageType.Text);
            Assert.Equal(1008, (await sender.ClosedAsync()).Code);
        }

        await using var other = await OnStageAsync();
        await other.SendAsync(MediaBytes.VideoConfig(1));
        await other.SendAsync(MediaBytes.Key(2, size: 256 * 1024));
        Assert.Equal(1009, (await other.ClosedAsync()).Code);
    }

    [Fact]
    public async Task A_viewer_that_sends_media_is_closed_with_1008()
    {
        await using var viewer = await WatchAsync();
        await viewer.SendAsync([1, 2]);
        await viewer.SendAsync(MediaBytes.VideoConfig(1));
        Assert.Equal(1008, (await viewer.ClosedAsync()).Code);
    }

    [Fact]
    public async Task A_ticket_is_used_once_and_only_on_its_stage()
    {
        var ticket = (await Ada.CallAsync("stage.open", Open)).GetProperty("ticket").GetString();
        await Assert.ThrowsAsync<WebSocketException>(() => RawMedia.OpenAsync(Showcase.Http, $"/webinar/workshop/send?ticket={ticket}"));
        await Assert.ThrowsAsync<WebSocketException>(() => SendAsync("0123456789"));
        await Assert.ThrowsAsync<WebSocketException>(() => SendAsync(""));
        await using var sender = await SendAsync(ticket);
        await Assert.ThrowsAsync<WebSocketException>(() => SendAsync(ticket));
        await Assert.ThrowsAsync<WebSocketException>(() => RawMedia.OpenAsync(Showcase.Http, "/webinar/none/watch"));
    }

    private async Task ConfigureAsync(RawMedia sender)
    {
        await SendAsync(sender, MediaBytes.VideoConfig(_sequence + 1));
        await SendAsync(sender, MediaBytes.SoundConfig(_sequence + 1));
    }

    private async Task SendGroupAsync(RawMedia sender)
    {
        await SendAsync(sender, MediaBytes.Key(_sequence + 1));
        for (var picture = 1; picture < GroupPictures; picture++)
        {
            await SendAsync(sender, MediaBytes.Delta(_sequence + 1));
            if (picture % 3 == 0) await SendAsync(sender, MediaBytes.Sound(_sequence + 1, 80, 80, 80));
        }
    }

    private Task SendEndAsync(RawMedia sender) => SendAsync(sender, MediaBytes.Sound(_sequence + 1, 1));

    private Task SendAsync(RawMedia sender, byte[] message)
    {
        _sent.Add((_sequence = MediaBytes.SequenceOf(message), MediaBytes.KindOf(message)));
        return sender.SendAsync(message);
    }
}
