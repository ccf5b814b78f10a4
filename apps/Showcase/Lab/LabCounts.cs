namespace Showcase.Lab;

/// <summary>The counts of one way in a run. What its line counted beyond the bodies are the heads of HTTP and of frames.</summary>
/// <param name="Requests">The number of HTTP requests, upgrades included.</param>
/// <param name="Empty">The number of responses without an event.</param>
/// <param name="Events">The number of events sent.</param>
/// <param name="BodyUp">The bytes of request bodies, or of messages to the server.</param>
/// <param name="BodyDown">The bytes of response bodies, or of messages from the server.</param>
/// <param name="Late">The number of messages of the client that arrived after one with a higher number.</param>
internal sealed record LabCounts(long Requests, long Empty, long Events, long BodyUp, long BodyDown, long Late)
{
    public static LabCounts None { get; } = new(0, 0, 0, 0, 0, 0);

    public static LabCounts operator +(LabCounts one, LabCounts other) => new(
        one.Requests + other.Requests, one.Empty + other.Empty, one.Events + other.Events, one.BodyUp + other.BodyUp, one.BodyDown + other.BodyDown,
        one.Late + other.Late);
}
