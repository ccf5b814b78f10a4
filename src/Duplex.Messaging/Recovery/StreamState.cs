using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Recovery;

/// <summary>The state of a stream at the start of a subscription.</summary>
/// <param name="Top">The stream's position.</param>
/// <param name="WasRecovering">Whether recovery was requested.</param>
/// <param name="IsRecovered">Whether <paramref name="Publications"/> holds everything that the subscriber missed.</param>
/// <param name="Start">The position in the reply: the position recovered from, otherwise the top.</param>
/// <param name="Publications">The missed publications, in order.</param>
internal readonly record struct StreamState(
    StreamPosition Top, bool WasRecovering, bool IsRecovered, StreamPosition Start, IReadOnlyList<Publication> Publications)
{
    public static StreamState None { get; } = new(default, false, false, default, []);

    /// <summary>Keeps the recovery only if its publications take at most <paramref name="maxBytes"/>: a truncated reply would make the client request it again without end.</summary>
    public StreamState Within(long maxBytes) =>
        IsRecovered && Publications.Bytes() > maxBytes ? this with { IsRecovered = false, Start = Top, Publications = [] } : this;

    /// <summary>Moves the position before the first buffered publication, unless the subscriber has the buffered ones by recovery.</summary>
    public StreamState Before(JoinBuffer? held)
    {
        if (IsRecovered || held?.Before is not { } position) return this;
        return position.Epoch == Top.Epoch && position.Offset < Top.Offset ? this with { Top = position, Start = position } : this;
    }
}
