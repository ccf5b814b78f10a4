namespace Duplex.Protocol.Handshake;

/// <summary>
/// Finds the end of an HTTP/1.1 head. Bytes that were scanned before are not scanned again, so a head that arrives byte by byte
/// costs no more than one that arrives whole. A mutable struct: never copy it.
/// </summary>
/// <param name="limits">Bounds on the head.</param>
/// <param name="maxFirstLineBytes">Largest first line, in bytes.</param>
internal struct HeadScanner(HandshakeLimits limits, int maxFirstLineBytes)
{
    private int _scanned;
    private int _lineStart;
    private int _lines;

    /// <summary>Whether the first line is complete.</summary>
    public readonly bool HasFirstLine => _lines > 0;

    /// <summary>Length of the head with its empty line, once it is complete.</summary>
    public int Length { get; private set; }

    private readonly int MaxBytes => HasFirstLine ? limits.MaxHeadBytes : Math.Min(maxFirstLineBytes, limits.MaxHeadBytes);

    /// <summary>Scans the bytes that have arrived since the last call.</summary>
    /// <param name="received">Every byte received, from the head's first.</param>
    public HeadStatus Scan(ReadOnlySpan<byte> received)
    {
        while (received[_scanned..].IndexOf((byte)'\n') is var feed and >= 0)
        {
            var end = _scanned + feed;
            if (end >= MaxBytes) return HeadStatus.TooLarge;
            // RFC 9112 section 2.2 permits a recipient to accept a bare LF; proxies differ on it, which enables smuggling,
            // so it is rejected.
            if (end == _lineStart || received[end - 1] != (byte)'\r') return HeadStatus.Malformed;
            _scanned = end + 1;
            if (end - _lineStart == 1)
            {
                Length = _scanned;
                return HeadStatus.Complete;
            }

            if (_lines++ > limits.MaxHeaderCount) return HeadStatus.TooLarge;
            _lineStart = _scanned;
        }

        _scanned = received.Length;
        return received.Length >= MaxBytes ? HeadStatus.TooLarge : HeadStatus.Incomplete;
    }

    /// <summary>Begins with another head.</summary>
    public void Reset() => _scanned = _lineStart = _lines = Length = 0;
}
