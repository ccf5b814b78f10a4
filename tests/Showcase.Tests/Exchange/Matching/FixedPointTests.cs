using CsCheck;
using Showcase.Exchange.Matching;

namespace Showcase.Tests.Exchange.Matching;

public sealed class FixedPointTests
{
    [Theory]
    [InlineData("142.36", 2, 14236)]
    [InlineData("142", 2, 14200)]
    [InlineData("0.1", 3, 100)]
    [InlineData("142.3600", 2, 14236)]
    [InlineData("00007", 0, 7)]
    [InlineData("99999999999999999999", 2, long.MaxValue)]
    public void Numbers_on_the_grid_are_exact(string text, int decimals, long expected)
    {
        Assert.True(FixedPoint.TryParse(text, decimals, out var value, out var isExact));
        Assert.True(isExact);
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("142.357", 14236)]
    [InlineData("142.354", 14235)]
    [InlineData("142.3549", 14235)]
    public void Numbers_off_the_grid_give_the_nearest_one_and_say_so(string text, long nearest)
    {
        Assert.True(FixedPoint.TryParse(text, 2, out var value, out var isExact));
        Assert.False(isExact);
        Assert.Equal(nearest, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1e5")]
    [InlineData("1,5")]
    [InlineData(" 1")]
    [InlineData("1.2.3")]
    [InlineData("NaN")]
    [InlineData("٣")]
    [InlineData("1.00x")]
    [InlineData("00000000000000000000000000000000000000001")]
    public void Anything_else_is_no_number(string text) =>
        Assert.False(FixedPoint.TryParse(text, 2, out _, out _));

    [Fact]
    public void What_is_written_reads_back() =>
        Gen.Select(Gen.Long[0, 1_000_000_000_000], Gen.Int[0, 8]).Sample((value, decimals) =>
            FixedPoint.TryParse(FixedPoint.Format(value, decimals), decimals, out var read, out var isExact)
                && isExact && read == value
                && FixedPoint.TryParse(FixedPoint.FormatShort(value, decimals), decimals, out read, out isExact)
                && isExact && read == value);

    [Fact]
    public void Zero_is_written_as_one_digit() => Assert.Equal("0", FixedPoint.FormatShort(0, 8));
}
