namespace Showcase.Lines;

/// <summary>The bytes of a direction.</summary>
/// <param name="Sent">The number of bytes that the sender's socket has passed to the line.</param>
/// <param name="Delivered">The number of bytes that the line has passed to the receiver's socket.</param>
public sealed record LineBytes(long Sent, long Delivered)
{
    // Delivered is read first, so that it never exceeds Sent.
    internal LineBytes With(LineDirection direction)
    {
        var delivered = direction.Delivered;
        return new LineBytes(Sent + direction.Sent, Delivered + delivered);
    }
}
