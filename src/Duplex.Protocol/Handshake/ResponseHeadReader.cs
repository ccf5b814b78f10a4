namespace Duplex.Protocol.Handshake;

/// <summary>
/// Finds the end of a response's head. The caller shows every byte received so far each time; what was looked at
/// before is not looked at again, so a head that comes byte by byte costs no more than one that comes whole.
/// </summary>
public sealed class ResponseHeadReader(HandshakeLimits limits)
{
    private int _scanned;
    private int _lineStart;
    private int _lines;

    /// <summary>Length of the head, its empty line included, once it is complete. What follows belongs to what comes next.</summary>
    public int HeadLength { get; private set; }

    /// <summary>The head, once it is complete.</summary>
    public ResponseHead? Head { get; private set; }

    /// <summary>Looks at the head as far as it has arrived.</summary>
    /// <returns>Whether the head is complete; else <paramref name="fault"/> is none, and more is needed, or says what is wrong.</returns>
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
