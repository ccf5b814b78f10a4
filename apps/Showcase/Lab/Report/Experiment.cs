using System.Net;
using Showcase.Lab.Report.Ways;
using Showcase.Lines;

namespace Showcase.Lab.Report;

/// <summary>A run that six clients receive at once, each by its way and through its own line.</summary>
internal sealed class Experiment : IAsyncDisposable
{
    private readonly LabRuns _runs;
    private readonly Scenario _scenario;
    private readonly CancellationTokenSource _stop = new();
    private readonly Column[] _columns;

    /// <summary>Starts a run.</summary>
    /// <param name="runs">The runs of the showcase.</param>
    /// <param name="server">The address of the showcase.</param>
    /// <param name="scenario">The scenario.</param>
    public Experiment(LabRuns runs, Uri server, Scenario scenario)
    {
        (_runs, _scenario) = (runs, scenario);
        var target = new IPEndPoint(IPAddress.Loopback, server.Port);
        Run = runs.Start("report", scenario.Settings);
        _columns = [.. Way.All.Select(way => Start(way, new Line(target, scenario.Line, TimeProvider.System)))];
    }

    /// <summary>The run.</summary>
    public LabRun Run { get; }

    /// <summary>The figures of each way, in the order of <see cref="Way.All"/>.</summary>
    public IReadOnlyList<Figures> Figures()
    {
        // A client that has failed would look like a way that loses events.
        foreach (var column in _columns.Where(static column => column.Receiving.IsFaulted)) column.Receiving.GetAwaiter().GetResult();
        var server = Run.Counts();
        return [.. _columns.Select(column => column.Arrivals.With(column.Line.Counts(), column.Way.Counted is { } way ? server[way] : null))];
    }

    /// <summary>Cuts the lines of all ways, or restores them.</summary>
    public void Cut(bool isCut)
    {
        foreach (var column in _columns) column.Line.Settings = isCut ? new() { State = LineState.Cut } : _scenario.Line;
    }

    /// <summary>Ends the run and closes the lines.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _runs.Stop(Run.Id, Run.User);
        foreach (var column in _columns)
        {
            await column.Line.DisposeAsync();
            await column.Receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _stop.Dispose();
    }

    private Column Start(Way way, Line line)
    {
        var arrivals = new Arrivals(TimeProvider.System);
        var source = new Source(new Uri($"http://127.0.0.1:{line.Port}"), Run.Id, _scenario.Poll, _scenario.Fields, arrivals);
        return new Column(way, line, arrivals, Task.Run(() => way.ReceiveAsync(source, _stop.Token)));
    }

    private sealed record Column(Way Way, Line Line, Arrivals Arrivals, Task Receiving);
}
