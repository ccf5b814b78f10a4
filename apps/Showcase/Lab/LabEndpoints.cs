using Duplex.AspNetCore.Hosting;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Showcase.Hosting;
using Showcase.Visitors;

namespace Showcase.Lab;

/// <summary>Registers the laboratory and maps its channel and calls, which docs/protocol/lab.md describes.</summary>
internal static class LabEndpoints
{
    private static readonly TimeSpan Recoverable = TimeSpan.FromMinutes(10);

    /// <summary>Registers the laboratory, its options and its namespace.</summary>
    public static DuplexBuilder AddLab(this DuplexBuilder duplex)
    {
        duplex.Services.AddSection<LabOptions>("Lab");
        duplex.Services.AddSingleton<LabRuns>();
        return duplex
            .AddJsonContext(LabJson.Default)
            .AddNamespace("lab", ns =>
            {
                ns.HistorySize = LabRun.KeptEvents;
                ns.HistoryTtl = Recoverable;
                ns.HistoryMetaTtl = 2 * Recoverable;
                ns.Recovery = true;
            });
    }

    /// <summary>Returns the channel of a run.</summary>
    public static string ChannelOf(LabRun run) => $"lab:{run.Id}";

    /// <summary>Maps the channel of a run and the calls that start, read, pause and stop one.</summary>
    public static void MapLab(this DuplexEndpointConventionBuilder hub)
    {
        hub.MapChannel("lab:{run}").OnSubscribe((string run, ClientContext client, LabRuns runs) =>
        {
            Visitor.Of(client);
            Find(runs, run);
            return true;
        });
        hub.MapRpc("lab.start", (LabSettings settings, ClientContext client, LabRuns runs) =>
        {
            var visitor = Visitor.WithKey(client, "start a run");
            return new StartedRun(runs.Start(visitor.User, settings).Id);
        });
        hub.MapRpc("lab.counts", (RunParams parameters, ClientContext client, LabRuns runs) =>
        {
            Visitor.Of(client);
            var run = Find(runs, parameters.Run);
            return new RunResult(run.Settings, run.Last, run.Counts());
        });
        hub.MapRpc("lab.pause", (PauseParams parameters, ClientContext client, LabRuns runs) =>
        {
            runs.Pause(parameters.Run, Visitor.Of(client).User, parameters.IsPaused);
            return new NoResult();
        });
        hub.MapRpc("lab.stop", (RunParams parameters, ClientContext client, LabRuns runs) =>
        {
            runs.Stop(parameters.Run, Visitor.Of(client).User);
            return new NoResult();
        });
    }

    private static LabRun Find(LabRuns runs, string? id) =>
        runs.TryFind(id, out var run) ? run : throw new ClientException(404, "There is no such run: start one.");
}
