namespace Duplex.Protocol.Handshake;

/// <summary>
/// Finds the end of a response's head. The caller passes all bytes received so far on each call; bytes that were scanned
/// before are not scanned again, so a head that arrives byte by byte costs no more than a whole one.
/// </summary>
public sealed class ResponseHeadReader(HandshakeLimits limits)
{
    private int _scanned;
    private int _lineStart;
    private int _lines;

    /// <summary>
    /// The length of the head in bytes, its empty line included, once it is complete. The bytes behind it belong to the next
    /// protocol.
    /// </summary>
    public int HeadLength { get; private set; }

    /// <summary>The head once it is complete, else null.</summary>
    public ResponseHead? Head { get; private set; }

    /// <summary>Parses the head as far as it has arrived.</summary>
    /// <returns>
    /// Whether the head is complete. When it is not, <paramref name="fault"/> is the fault of the head, or none when more
    /// bytes are needed.
    /// </returns>
    public bool TryRead(ReadOnlySpan<byte> received, out UpgradeResponseFault fault)
    {
        fault = UpgradeResponseFault.None;
        while (received[_scanned..].IndexOf((byte)'\n') is var feed and >= 0)
        {
            var end = _scanned + feed;
            if (end >= limits.MaxHeadBytes) break;
            if (end == _lineStart || received[end - 1] != (byte)'\r')
            {
                fault = UpgradeResponseFault.MalformedHead;
                return false;
            }

            _scanned = end + 1;
            if (end - _lineStart == 1) return Finish(received[..(end + 1)], out fault);
            if (_lines++ > limits.MaxHeaderCount)
            {
                fault = UpgradeResponseFault.HeadTooLarge;
                return false;
            }

            _lineStart = end + 1;
        }

        _scanned = received.Length;
        if (received.Length >= limits.MaxHeadBytes) fault = UpgradeResponseFault.HeadTooLarge;
        return false;
    }

    private bool Finish(ReadOnlySpan<byte> bytes, out UpgradeResponseFault fault)
    {
        HeadLength = bytes.Length;
        var isHead = ResponseHead.TryParse(bytes, out var head);
        Head = head;
        fault = isHead ? UpgradeResponseFault.None : UpgradeResponseFault.MalformedHead;
        return isHead;
    }
}
