using Microsoft.Extensions.Time.Testing;
using Showcase.Stage.Media;

namespace Showcase.Tests.Stage.Media;

/// <summary>What a sender may send, message by message.</summary>
public sealed class MediaRulesTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Now);
    private readonly MediaRules _rules;
    private uint _sequence;

    public MediaRulesTests() => _rules = new(_time);

    [Fact]
    public void The_messages_of_an_encoder_are_accepted()
    {
        Assert.Null(Fault(MediaKind.VideoConfig, [2, 128, 1, 104]));
        Assert.Null(Fault(MediaKind.SoundConfig, [0, 0, 187, 128, 1]));
        Assert.Null(Fault(MediaKind.KeyPicture, [1, 2, 3]));
        Assert.Null(Fault(MediaKind.DeltaPicture, [1]));
        Assert.Null(Fault(MediaKind.Sound, [0, 1, 9, 0, 2, 9, 9]));
    }

    [Theory]
    [InlineData(""), InlineData("01000000010000000000000000"), InlineData("0000000001000000000000000001"), InlineData("0600000001000000000000000001")]
    public void Bytes_without_a_header_a_kind_or_a_payload_are_no_message(string bytes) => Assert.False(MediaMessage.TryRead(Convert.FromHexString(bytes), out _));

    [Fact]
    public void A_picture_before_its_configuration_and_a_delta_before_a_key_picture_are_faults()
    {
        Assert.Equal("A picture must follow its configuration.", Fault(MediaKind.KeyPicture, [1]));
        Assert.Null(Fault(MediaKind.VideoConfig, [2, 128, 1, 104]));
        Assert.Equal("A picture must follow its configuration and a key picture.", Fault(MediaKind.DeltaPicture, [1]));
        Assert.Null(Fault(MediaKind.KeyPicture, [1]));
        Assert.Null(Fault(MediaKind.VideoConfig, [2, 128, 1, 104]));
        Assert.Equal("A picture must follow its configuration and a key picture.", Fault(MediaKind.DeltaPicture, [1]));
        Assert.Equal("Sound must follow its configuration.", Fault(MediaKind.Sound, [0, 1, 9]));
    }

    [Theory]
    [InlineData(new byte[] { 0, 15, 1, 104 }), InlineData(new byte[] { 2, 128, 7, 129 }), InlineData(new byte[] { 2, 128, 1 }), InlineData(new byte[] { 2, 128, 1, 104, 0 })]
    public void A_picture_has_sides_of_16_to_1920(byte[] payload) => Assert.NotNull(Fault(MediaKind.VideoConfig, payload));

    [Theory]
    [InlineData(new byte[] { 0, 0, 187, 128, 3 }), InlineData(new byte[] { 0, 0, 187, 129, 1 }), InlineData(new byte[] { 0, 0, 31, 63, 1 }), InlineData(new byte[] { 0, 0, 187, 128 })]
    public void Sound_has_8000_to_48000_samples_and_1_or_2_channels(byte[] payload) => Assert.NotNull(Fault(MediaKind.SoundConfig, payload));

    [Theory]
    [InlineData(new byte[] { 0 }), InlineData(new byte[] { 0, 0 }), InlineData(new byte[] { 0, 2, 9 }), InlineData(new byte[] { 0, 1, 9, 0 })]
    [InlineData(new byte[] { 0, 1, 9, 0, 1, 9, 0, 1, 9, 0, 1, 9, 0, 1, 9, 0, 1, 9, 0, 1, 9, 0, 1, 9, 0, 1, 9, 0, 1, 9, 0, 1, 9 })]
    public void Packets_of_sound_fill_the_payload_and_number_1_to_10(byte[] payload)
    {
        Assert.Null(Fault(MediaKind.SoundConfig, [0, 0, 187, 128, 1]));
        Assert.NotNull(Fault(MediaKind.Sound, payload));
    }

    [Fact]
    public void A_sequence_that_repeats_or_goes_back_is_a_fault()
    {
        _sequence = 7;
        Assert.Null(Fault(MediaKind.VideoConfig, [2, 128, 1, 104]));
        _sequence = 7;
        Assert.Equal("A sequence must be above the one before.", Fault(MediaKind.KeyPicture, [1]));
        _sequence = 3;
        Assert.Equal("A sequence must be above the one before.", Fault(MediaKind.KeyPicture, [1]));
    }

    [Theory]
    [InlineData(-61), InlineData(61), InlineData(long.MinValue), InlineData(long.MaxValue)]
    public void A_timestamp_is_within_a_minute_of_the_clock(long seconds)
    {
        var timestamp = seconds is > -1000 and < 1000 ? Now.AddSeconds(seconds).ToUnixTimeMilliseconds() * 1000 : seconds;
        Assert.Equal("A timestamp must be within a minute of the server's clock.", Fault(MediaKind.VideoConfig, [2, 128, 1, 104], timestamp));
    }

    [Fact]
    public void More_than_the_allowance_is_a_fault_and_time_refills_it()
    {
        Assert.Null(Fault(MediaKind.VideoConfig, [2, 128, 1, 104]));
        string? fault;
        var large = 0;
        do fault = Fault(MediaKind.KeyPicture, new byte[200_000]);
        while (fault is null && ++large < 100);
        Assert.Equal(("More media arrive than a stage relays.", 9), (fault, large));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(Fault(MediaKind.KeyPicture, new byte[200_000]));
    }

    private string? Fault(MediaKind kind, byte[] payload, long? timestamp = null)
    {
        var bytes = MediaBytes.Of(kind, ++_sequence, payload, timestamp ?? (_time.GetUtcNow().ToUnixTimeMilliseconds() * 1000));
        Assert.True(MediaMessage.TryRead(bytes, out var message));
        return _rules.FaultOf(message);
    }
}
