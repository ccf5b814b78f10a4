using System.Diagnostics;
using Showcase.Exchange.Simulation;
using Showcase.Hosting;
using Showcase.Judge;

namespace Showcase.Tests.Hosting;

public sealed class ShowcaseOptionsTests
{
    [Fact]
    public void Options_are_read_in_both_forms() => Assert.Equal(
        new ShowcaseOptions { Port = 9000, MarketRate = MarketRate.High, Seed = 3, Judge = JudgeMode.Off },
        ShowcaseOptions.Parse(["--port", "9000", "--market-rate=high", "--seed", "3", "--judge", "off"]));

    [Fact]
    public void The_application_s_folder_is_found_from_the_current_one() => Assert.Equal(
        Path.Combine(Environment.CurrentDirectory, "apps"), ShowcaseOptions.Parse(["--contentRoot", "apps"]).ContentRoot);

    [Theory]
    [InlineData("--port")]
    [InlineData("--port", "70000")]
    [InlineData("--port", "-1")]
    [InlineData("--market-rate", "fast")]
    [InlineData("--speed", "9")]
    [InlineData("--judge", "native")]
    [InlineData("--urls")]
    [InlineData("--data", "")]
    [InlineData("--contentRoot")]
    public void A_bad_option_is_named(params string[] args) =>
        Assert.Contains(args[0], Assert.Throws<FormatException>(() => ShowcaseOptions.Parse(args)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_report_of_the_laboratory_has_no_value() =>
        Assert.Equal(new ShowcaseOptions { LabReport = true, Seed = 3 }, ShowcaseOptions.Parse(["--lab-report", "--seed", "3"]));

    [Fact]
    public void Help_needs_nothing_else() => Assert.True(ShowcaseOptions.Parse(["--help"]).ShowHelp);

    [Fact]
    public async Task Run_prints_the_help_without_the_program()
    {
        // Without dotnet and node on the path nothing can be built.
        var start = new ProcessStartInfo("/bin/bash", ["run", "--port", "1", "--help"])
        {
            WorkingDirectory = Repository.Root,
            Environment = { ["PATH"] = "/bin" },
            RedirectStandardOutput = true,
        };
        using var run = Process.Start(start)!;
        Assert.Equal(ShowcaseOptions.Help, (await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).TrimEnd());
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, run.ExitCode);
    }
}
