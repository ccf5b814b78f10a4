using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Showcase.Lab;
using Showcase.Lab.Report;
using Showcase.Lab.Report.Ways;
using Showcase.Tests.Wire;

namespace Showcase.Tests.Lab;

/// <summary>What the laboratory claims, measured on real sockets: six clients, each with a line of its own.</summary>
public sealed partial class LabProofTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // Five polls for each event, so that a loaded machine still sends two.
    private static readonly Scenario Score = new("A score", "rate=2&poll=100&times=regular");
    private static readonly Scenario Ticker = new("A ticker", "rate=20&poll=100&times=regular");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Push_costs_one_request_and_a_tenth_of_the_bytes_of_polling()
    {
        await using var showcase = await RunningShowcase.StartAsync();
        await using var experiment = Start(showcase, Score);
        var measured = await FiguresAsync(experiment, static of =>
            of.Values.All(static way => way.Events >= 10)
            && new[] { of[LabWay.Poll], of[LabWay.PollClose] }.All(static way => way.Requests >= Math.Max(20, 2 * way.Events)));

        var (poll, closing, socket, hub) = (measured[LabWay.Poll], measured[LabWay.PollClose], measured[LabWay.Socket], measured[Hub]);
        Assert.Equal(1, poll.Connections);
        Assert.InRange(closing.Connections, closing.Requests, closing.Requests + 1);
        foreach (var way in (LabWay[])[LabWay.Sse, LabWay.Socket, Hub]) Assert.Equal((1, 1), (measured[way].Connections, measured[way].Requests));
        Assert.Equal(1, measured[LabWay.LongPoll].Connections);
        Assert.Equal(0, measured[LabWay.LongPoll].Empty);
        Assert.InRange(poll.Empty, poll.Requests - poll.Events, poll.Requests);
        Assert.True(poll.BytesPerEvent >= 10 * socket.BytesPerEvent, $"{poll.BytesPerEvent:F0} B by polling, {socket.BytesPerEvent:F0} B by the WebSocket");
        Assert.True(closing.BytesPerEvent >= 10 * socket.BytesPerEvent);
        Assert.True(poll.BytesPerEvent > 3 * hub.BytesPerEvent, $"{poll.BytesPerEvent:F0} B by polling, {hub.BytesPerEvent:F0} B by the hub");
        Assert.True(poll.P50 > hub.P50, $"{poll.P50:F0} ms by polling, {hub.P50:F0} ms by the hub");
        Assert.All(measured.Values, static way => Assert.Equal((0, 0), (way.Missed, way.Doubled)));
    }

    [Fact]
    public async Task After_a_cut_only_the_bare_WebSocket_has_missed_events_and_none_arrives_twice()
    {
        await using var showcase = await RunningShowcase.StartAsync();
        await using var experiment = Start(showcase, Ticker);
        await FiguresAsync(experiment, static of => of.Values.All(static way => way.Events >= 5));

        experiment.Cut(true);
        await experiment.Run.NextAsync(experiment.Run.Last + 5, Stop);
        experiment.Cut(false);
        var restored = experiment.Run.Last;
        var measured = await FiguresAsync(experiment, of => of.Values.All(way => way.Latest > restored + 5));

        Assert.True(measured[LabWay.Socket].Missed > 0);
        Assert.All(measured.Where(static of => of.Key != LabWay.Socket), static of => Assert.Equal(0, of.Value.Missed));
        Assert.All(measured.Values, static of => Assert.Equal(0, of.Doubled));
    }

    [Fact]
    public async Task A_report_has_a_row_for_each_way_of_each_scenario()
    {
        await using var showcase = await RunningShowcase.StartAsync();
        using var report = new StringWriter();
        await LabReport.WriteAsync(RunsOf(showcase), showcase.Http, [new("First", "rate=20&seconds=1"), new("Second", "rate=20&seconds=1")], report);

        var rows = report.ToString().Split('\n').Where(static line => line.StartsWith('|')).Select(static line => line.Split('|').Length).ToArray();
        Assert.Equal(2 * (2 + Way.All.Count), rows.Length);
        Assert.Single(rows.Distinct());
        Assert.Contains("### First", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("`/lab?rate=20&seconds=1`", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_s_scenarios_begin_with_those_of_the_page()
    {
        var page = PageScenario().Matches(Repository.Read("apps/Showcase/web/src/lab/model/scenarios.ts")).Select(static found => (found.Groups[1].Value, found.Groups[2].Value)).ToArray();
        Assert.NotEmpty(page);
        Assert.Equal(page, Scenario.All.Take(page.Length).Select(static scenario => (scenario.Title, scenario.Query)));
    }

    // The server's counts do not contain the hub, whose place the direction from the client takes here.
    private const LabWay Hub = LabWay.Post;

    [GeneratedRegex(@"title: '(.+?)', settings: settingsFrom\('(.*?)'\)")]
    private static partial Regex PageScenario();

    private static LabRuns RunsOf(RunningShowcase showcase) => showcase.Services.GetRequiredService<LabRuns>();

    private static Experiment Start(RunningShowcase showcase, Scenario scenario) => new(RunsOf(showcase), showcase.Http, scenario);

    // Waits until the figures have a property.
    private static async Task<Dictionary<LabWay, Figures>> FiguresAsync(Experiment experiment, Func<Dictionary<LabWay, Figures>, bool> have)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(Limit);
        for (var number = experiment.Run.Last; ; number++)
        {
            var figures = Way.All.Zip(experiment.Figures()).ToDictionary(static of => of.First.Counted ?? Hub, static of => of.Second);
            if (have(figures)) return figures;
            Assert.False(limit.IsCancellationRequested, string.Join('\n', figures));
            await experiment.Run.NextAsync(number, Stop);
        }
    }
}
