using System.Diagnostics.Metrics;

namespace Duplex.EventLoop.Arrival;

/// <summary>The meter <c>Duplex.EventLoop</c>: <c>duplex.event_loop.rejected_connections</c>, those above the limit of connections.</summary>
internal static class ArrivalMetrics
{
    private static readonly Meter Meter = new("Duplex.EventLoop");

    private static readonly Counter<long> Rejected = Meter.CreateCounter<long>(
        "duplex.event_loop.rejected_connections", "{connection}", "Connections closed unanswered because there were as many as may be.");

    /// <summary>Counts one; what a listener throws is the caller's to deal with.</summary>
    public static void CountRejected() => Rejected.Add(1);
}
