using Showcase.Lines;

namespace Showcase.Tests.Lines;

public sealed class LineSettingsTests
{
    [Theory]
    [InlineData(4000, 100, 50, 600 + 256)]
    [InlineData(200_000, 50, 0, 10_000 + 2000)]
    [InlineData(100_000_000, 5000, 0, LineSettings.MaxHeldBytes + 16_384)]
    [InlineData(null, 0, 0, 16_384)]
    [InlineData(null, 1, 0, LineSettings.MaxHeldBytes + 16_384)]
    public void A_line_holds_what_is_under_way_and_one_read(int? rate, int delay, int jitter, int bytes) =>
        Assert.Equal(bytes, Settings(rate, delay, jitter).HeldBytes);

    [Theory]
    [InlineData(null, 0, 0, null)]
    [InlineData(500, 5000, 5000, null)]
    [InlineData(100_000_000, 0, 0, null)]
    [InlineData(499, 0, 0, "bytesPerSecond")]
    [InlineData(100_000_001, 0, 0, "bytesPerSecond")]
    [InlineData(null, -1, 0, "delayMs")]
    [InlineData(null, 5001, 0, "delayMs")]
    [InlineData(null, 0, -1, "jitterMs")]
    [InlineData(null, 0, 5001, "jitterMs")]
    public void A_value_out_of_range_is_named(int? rate, int delay, int jitter, string? name) =>
        Assert.Equal(name, Settings(rate, delay, jitter).Fault()?.Split(' ')[0]);

    private static LineSettings Settings(int? rate, int delay, int jitter) => new()
    {
        BytesPerSecond = rate,
        Delay = TimeSpan.FromMilliseconds(delay),
        Jitter = TimeSpan.FromMilliseconds(jitter),
    };
}
