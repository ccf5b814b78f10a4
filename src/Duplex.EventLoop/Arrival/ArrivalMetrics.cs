using System.Diagnostics.Metrics;

namespace Duplex.EventLoop.Arrival;

/// <summary>The instruments of the meter <c>Duplex.EventLoop</c>, listed in docs/guides/monitoring.md.</summary>
internal static class ArrivalMetrics
{
    private static readonly Meter Meter = new("Duplex.EventLoop");

    private static readonly Counter<long> Rejected = Meter.CreateCounter<long>(
        "duplex.event_loop.rejected_connections", "{connection}", "Connections that were closed without an answer because the limit of connections was reached.");

    /// <summary>Counts a rejected connection. The caller handles exceptions that metric listeners throw.</summary>
    public static void CountRejected() => Rejected.Add(1);
}
