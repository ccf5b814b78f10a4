namespace Showcase.Lines;

/// <summary>The last bytes that a direction of a connection passed.</summary>
/// <param name="First">The position of the oldest byte, counted from the connection's first byte at 0.</param>
/// <param name="Bytes">The bytes, oldest first.</param>
public sealed record CapturedBytes(long First, byte[] Bytes)
{
    /// <summary>The position behind the newest byte.</summary>
    public long End => First + Bytes.Length;
}
