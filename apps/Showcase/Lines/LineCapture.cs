namespace Showcase.Lines;

/// <summary>Keeps the last bytes of a direction. Safe from any thread.</summary>
internal sealed class LineCapture
{
    /// <summary>The maximum number of bytes that are kept.</summary>
    public const int KeptBytes = 4096;

    private readonly Lock _lock = new();
    private readonly byte[] _ring = new byte[KeptBytes];
    private long _end;

    /// <summary>Adds bytes, which replace the oldest ones.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            var kept = bytes[^Math.Min(bytes.Length, KeptBytes)..];
            _end += bytes.Length - kept.Length;
            foreach (var value in kept) _ring[_end++ % KeptBytes] = value;
        }
    }

    /// <summary>Returns the kept bytes.</summary>
    public CapturedBytes Read()
    {
        lock (_lock)
        {
            var bytes = new byte[Math.Min(_end, KeptBytes)];
            for (var index = 0; index < bytes.Length; index++) bytes[index] = _ring[(_end - bytes.Length + index) % KeptBytes];
            return new CapturedBytes(_end - bytes.Length, bytes);
        }
    }
}
