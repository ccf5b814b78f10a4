namespace Showcase.Lines;

/// <summary>The bytes of a direction.</summary>
/// <param name="Sent">The number of bytes that the sender's socket has passed to the line.</param>
/// <param name="Delivered">The number of bytes that the line has passed to the receiver's socket.</param>
/// <param name="Held">The number of bytes under way on open connections. What a reset connection held is lost.</param>
public sealed record LineBytes(long Sent, long Delivered, long Held)
{
    internal LineBytes With(LineDirection direction)
    {
        // Delivered is read first, so that it never exceeds Sent.
        var delivered = direction.Delivered;
        var sent = direction.Sent;
        return new LineBytes(Sent + sent, Delivered + delivered, Held + sent - delivered);
    }
}
