using Duplex.Messaging.Codes;

namespace Duplex.Messaging.Tests.Transports;

/// <summary>A disconnect that a close frame cannot carry (RFC 6455 7.4.2 and 5.5) cannot be made.</summary>
public sealed class DisconnectTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(2999)]
    [InlineData(5000)]
    [InlineData(ushort.MaxValue)]
    public void Code_outside_3000_to_4999_is_refused(ushort code)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Disconnect(code, ""));
        Assert.Throws<ArgumentOutOfRangeException>(() => Disconnects.Shutdown with { Code = code });
        Assert.Throws<ArgumentOutOfRangeException>(() => Disconnect.Shortened(code, ""));
    }

    [Theory]
    [InlineData(3000)]
    [InlineData(4999)]
    public void Code_of_the_hub_or_the_application_is_taken(ushort code) => Assert.Equal(code, new Disconnect(code, "").Code);

    [Fact]
    public void Reason_of_more_than_123_bytes_is_refused()
    {
        Assert.Equal(123, new Disconnect(4000, new string('x', 123)).Reason.Length);
        Assert.Throws<ArgumentException>(() => new Disconnect(4000, new string('x', 124)));
        Assert.Throws<ArgumentException>(() => new Disconnect(4000, new string('é', 62)));
        Assert.Throws<ArgumentException>(() => Disconnects.Shutdown with { Reason = new string('x', 124) });
    }

    [Fact]
    public void Reason_that_is_too_long_is_cut_between_two_characters()
    {
        Assert.Equal(new string('é', 61), Disconnect.Shortened(4000, new string('é', 70)).Reason);
        Assert.Equal("x" + string.Concat(Enumerable.Repeat("😀", 30)), Disconnect.Shortened(4000, "x" + string.Concat(Enumerable.Repeat("😀", 40))).Reason);
        Assert.Equal(new string('\ud83d', 41), Disconnect.Shortened(4000, new string('\ud83d', 50)).Reason);
        Assert.Equal("bye", Disconnect.Shortened(4000, "bye").Reason);
    }
}
