using Showcase.Exchange.Simulation;
using Showcase.Hosting;

namespace Showcase.Tests.Hosting;

public sealed class ShowcaseOptionsTests
{
    [Fact]
    public void Options_are_read_in_both_forms() => Assert.Equal(
        new ShowcaseOptions { Port = 9000, MarketRate = MarketRate.High, Seed = 3 },
        ShowcaseOptions.Parse(["--port", "9000", "--market-rate=high", "--seed", "3"]));

    [Theory]
    [InlineData("--port")]
    [InlineData("--port", "70000")]
    [InlineData("--port", "-1")]
    [InlineData("--market-rate", "fast")]
    [InlineData("--speed", "9")]
    [InlineData("--urls")]
    public void A_bad_option_is_named(params string[] args) =>
        Assert.Contains(args[0], Assert.Throws<FormatException>(() => ShowcaseOptions.Parse(args)).Message, StringComparison.Ordinal);

    [Fact]
    public void Help_needs_nothing_else() => Assert.True(ShowcaseOptions.Parse(["--help"]).ShowHelp);
}
