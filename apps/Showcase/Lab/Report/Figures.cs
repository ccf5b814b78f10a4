namespace Showcase.Lab.Report;

/// <summary>What one way has cost and brought: the rows of the table on the page <c>/lab</c>.</summary>
internal sealed record Figures
{
    /// <summary>The number of different events that have arrived.</summary>
    public required int Events { get; init; }

    /// <summary>The number of the latest event that has arrived; 0 before the first.</summary>
    public required long Latest { get; init; }

    /// <summary>The number of TCP connections.</summary>
    public required long Connections { get; init; }

    /// <summary>The number of HTTP requests, upgrades included.</summary>
    public required long Requests { get; init; }

    /// <summary>The number of responses without an event.</summary>
    public required long Empty { get; init; }

    public required long HeadsUp { get; init; }

    public required long BodiesUp { get; init; }

    public required long HeadsDown { get; init; }

    public required long BodiesDown { get; init; }

    /// <summary>The delay in milliseconds that half of the events did not exceed; null without events.</summary>
    public required double? P50 { get; init; }

    /// <summary>The delay in milliseconds that 19 of 20 events did not exceed; null without events.</summary>
    public required double? P95 { get; init; }

    /// <summary>The number of events that are missing between the first and the latest one.</summary>
    public required long Missed { get; init; }

    /// <summary>The number of events that arrived again.</summary>
    public required long Doubled { get; init; }

    /// <summary>All bytes of both directions for each event that arrived; null without events.</summary>
    public double? BytesPerEvent => Events == 0 ? null : (double)(HeadsUp + BodiesUp + HeadsDown + BodiesDown) / Events;
}
