using System.Globalization;
using System.Runtime.InteropServices;
using Showcase.Exchange.Simulation;
using Showcase.Hosting;
using Showcase.Judge;
using Showcase.Lab.Report.Ways;

namespace Showcase.Lab.Report;

/// <summary>Measures the scenarios of the laboratory without a browser and writes their tables in Markdown.</summary>
internal static class LabReport
{
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(750);

    private static readonly string[] Heads =
    [
        "", "Events", "Connections", "Requests", "Empty responses", "Up: heads, B", "Up: bodies, B", "Down: heads, B", "Down: bodies, B",
        "Bytes per event", "Delay p50, ms", "Delay p95, ms", "Missed events", "Doubled events",
    ];

    /// <summary>Starts a showcase on a free port of loopback, measures all scenarios one after the other, and writes the report.</summary>
    /// <returns>The exit code: 0, or 1 when the showcase did not start, with one sentence on standard error.</returns>
    public static async Task<int> RunAsync(ShowcaseOptions options)
    {
        var data = Directory.CreateTempSubdirectory("lab-report");
        try
        {
            await using var app = ShowcaseApp.Build(options with { Port = 0, Urls = null, Data = data.FullName, MarketRate = MarketRate.Off, Judge = JudgeMode.Off });
            await app.StartAsync();
            await WriteAsync(app.Services.GetRequiredService<LabRuns>(), new Uri(app.Urls.First()), Scenario.All, Console.Out);
            await app.StopAsync();
            return 0;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            await Console.Error.WriteLineAsync(StartFault.Sentence(exception));
            return 1;
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    /// <summary>Measures scenarios one after the other and writes a table of each.</summary>
    public static async Task WriteAsync(LabRuns runs, Uri server, IEnumerable<Scenario> scenarios, TextWriter report)
    {
        await report.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"Measured on {DateTime.UtcNow:yyyy-MM-dd} with `./run --lab-report`: {Environment.ProcessorCount} x {Processor()}, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}."));
        foreach (var scenario in scenarios)
        {
            var figures = await MeasureAsync(runs, server, scenario);
            await report.WriteLineAsync($"\n### {scenario.Title}\n\n{Words(scenario)}\n");
            await report.WriteLineAsync(Row(Heads));
            await report.WriteLineAsync(Row(Heads.Select(static (_, index) => index == 0 ? "---" : "---:")));
            foreach (var (way, of) in Way.All.Zip(figures)) await report.WriteLineAsync(Row([way.Title, .. Cells(of)]));
        }
    }

    private static async Task<IReadOnlyList<Figures>> MeasureAsync(LabRuns runs, Uri server, Scenario scenario)
    {
        await using var experiment = new Experiment(runs, server, scenario);
        var rest = scenario.Duration - scenario.Cut;
        await Task.Delay(rest / 2);
        if (scenario.Cut > TimeSpan.Zero)
        {
            experiment.Cut(true);
            await Task.Delay(scenario.Cut);
            experiment.Cut(false);
        }

        await Task.Delay(rest / 2);

        // What is under way at the end would be counted by some ways and not by others.
        experiment.Run.Pause(true);
        await Task.Delay(Settling);
        return experiment.Figures();
    }

    private static string Words(Scenario scenario)
    {
        var settings = scenario.Settings;
        var line = scenario.Line.BytesPerSecond is { } rate ? $", lines of {rate} B/s and {2 * scenario.Line.Delay.TotalMilliseconds} ms round trip" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{settings.PerSecond} events a second at random times, {settings.PayloadBytes} B of payload, a poll each {scenario.Poll.TotalSeconds} s, for {scenario.Duration.TotalSeconds} s{line}: `/lab?{scenario.Query}`");
    }

    private static IEnumerable<string> Cells(Figures of) =>
    [
        Whole(of.Events), Whole(of.Connections), Whole(of.Requests), Whole(of.Empty), Whole(of.HeadsUp), Whole(of.BodiesUp), Whole(of.HeadsDown),
        Whole(of.BodiesDown), Whole(of.BytesPerEvent), Whole(of.P50), Whole(of.P95), Whole(of.Missed), Whole(of.Doubled),
    ];

    private static string Whole(double? value) => value is { } number ? number.ToString("N0", CultureInfo.InvariantCulture) : "–";

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private static string Processor()
    {
        const string file = "/proc/cpuinfo", name = "model name";
        var line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(static line => line.StartsWith(name, StringComparison.Ordinal)) : null;
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
