using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Recovery;

/// <summary>What a subscriber finds when it comes to a stream.</summary>
/// <param name="Top">The stream's position.</param>
/// <param name="WasRecovering">Whether recovery was asked for.</param>
/// <param name="IsRecovered">Whether nothing is missing.</param>
/// <param name="Start">The position the reply tells: the one recovered from, else the top.</param>
/// <param name="Publications">What was missed, in order.</param>
internal readonly record struct StreamState(
    StreamPosition Top, bool WasRecovering, bool IsRecovered, StreamPosition Start, IReadOnlyList<Publication> Publications)
{
    public static StreamState None { get; } = new(default, false, false, default, []);

    /// <summary>Recovered only if what was missed takes no more than so many bytes: a reply that is cut would be asked for again, without end.</summary>
    public StreamState Within(long maxBytes) =>
        IsRecovered && Publications.Bytes() > maxBytes ? this with { IsRecovered = false, Start = Top, Publications = [] } : this;

    /// <summary>As it was before publications that are held back, unless the subscriber has them by recovery.</summary>
    public StreamState Before(JoinBuffer? held)
    {
        if (IsRecovered || held?.Before is not { } position) return this;
        return position.Epoch == Top.Epoch && position.Offset < Top.Offset ? this with { Top = position, Start = position } : this;
    }
}
