namespace Duplex.Protocol.Handshake;

/// <summary>
/// Finds the end of a response's head. The caller passes all bytes received so far on each call; bytes that were scanned
/// before are not scanned again, so a head that arrives byte by byte costs no more than a whole one.
/// </summary>
public sealed class ResponseHeadReader(HandshakeLimits limits)
{
    private HeadScanner _scanner = new(limits, limits.MaxHeadBytes);

    /// <summary>
    /// The length of the head in bytes, its empty line included, once it is complete. The bytes behind it belong to the next
    /// protocol.
    /// </summary>
    public int HeadLength => _scanner.Length;

    /// <summary>The head once it is complete, else null.</summary>
    public ResponseHead? Head { get; private set; }

    /// <summary>Parses the head as far as it has arrived.</summary>
    /// <returns>
    /// Whether the head is complete. When it is not, <paramref name="fault"/> is the fault of the head, or none when more
    /// bytes are needed.
    /// </returns>
    public bool TryRead(ReadOnlySpan<byte> received, out UpgradeResponseFault fault)
    {
        fault = _scanner.Scan(received) switch
        {
            HeadStatus.Malformed => UpgradeResponseFault.MalformedHead,
            HeadStatus.TooLarge => UpgradeResponseFault.HeadTooLarge,
            _ => UpgradeResponseFault.None,
        };
        if (HeadLength == 0 || fault != UpgradeResponseFault.None) return false;
        var isHead = ResponseHead.TryParse(received[..HeadLength], out var head);
        Head = head;
        if (!isHead) fault = UpgradeResponseFault.MalformedHead;
        return isHead;
    }
}
