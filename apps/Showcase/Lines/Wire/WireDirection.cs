namespace Showcase.Lines.Wire;

/// <summary>The bytes of a direction from a position on, and the frames in them.</summary>
/// <param name="At">The position of the first byte.</param>
/// <param name="Bytes">The bytes as they passed.</param>
/// <param name="Next">The position of the first byte that does not belong to a whole frame: the next reading begins there.</param>
/// <param name="IsOverwritten">Whether newer bytes have replaced those at the requested position: nothing is read.</param>
/// <param name="Fault">The rule that the next frame breaks, or null.</param>
/// <param name="Frames">The frames. The last one may be incomplete.</param>
internal sealed record WireDirection(long At, byte[] Bytes, long Next, bool IsOverwritten, string? Fault, IReadOnlyList<WireFrame> Frames);
