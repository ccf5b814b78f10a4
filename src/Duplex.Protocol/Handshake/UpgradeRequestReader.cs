using System.Text;

namespace Duplex.Protocol.Handshake;

/// <summary>
/// Reads the head of one upgrade request. The caller retains the bytes, in its buffer or by peeking at the kernel's, and
/// passes all of them on each call; bytes that were scanned before are not scanned again, so a head that arrives byte by
/// byte costs no more than a whole one. Not safe for concurrent use.
/// </summary>
public sealed class UpgradeRequestReader(HandshakeLimits limits)
{
    private UpgradeRequest? _request;
    private HeadScanner _scanner = new(limits, limits.MaxRequestLineBytes);

    /// <summary>The request, once the result is <see cref="HandshakeResult.Upgrade"/> and until <see cref="Reset"/>.</summary>
    public UpgradeRequest? Request { get; private set; }

    /// <summary>The fault of the request, once the result is <see cref="HandshakeResult.Invalid"/>.</summary>
    public UpgradeFault Fault { get; private set; }

    /// <summary>The length of the head in bytes, its empty line included, once it is complete. The first frames follow it.</summary>
    public int HeadLength => _scanner.Length;

    /// <summary>Parses the head as far as it has arrived.</summary>
    /// <param name="head">All bytes received on the connection, from the first.</param>
    public HandshakeResult Read(ReadOnlySpan<byte> head)
    {
        // The first bytes distinguish a GET from TLS, the HTTP/2 preface and uploads. An absolute target (RFC 9112 section
        // 3.2.2) is for proxies and has further rules for the Host field, so it is not accepted either.
        if (!_scanner.HasFirstLine && !head.StartsWith("GET /"u8[..Math.Min(5, head.Length)])) return HandshakeResult.NotAnUpgrade;

        return _scanner.Scan(head) switch
        {
            HeadStatus.Complete => Finish(head[..HeadLength]),
            HeadStatus.Malformed => Refuse(UpgradeFault.MalformedHead),
            HeadStatus.TooLarge => Refuse(UpgradeFault.HeadTooLarge),
            _ => HandshakeResult.NeedMore,
        };
    }

    /// <summary>Resets the reader for another connection, whose request replaces the last one.</summary>
    public void Reset()
    {
        _scanner.Reset();
        Request = null;
        Fault = UpgradeFault.None;
    }

    private HandshakeResult Finish(ReadOnlySpan<byte> head)
    {
        if (!RequestHead.TryParse(head, out var parsed)) return Refuse(UpgradeFault.MalformedHead);
        var room = new TextRoom(stackalloc char[TextRoom.UsualLength]);
        var upgrade = room.Find(parsed.Fields, "Upgrade"u8);
        if (!UpgradeRules.HasToken(upgrade, "websocket")) return HandshakeResult.NotAnUpgrade;

        var subprotocols = parsed.Fields.Find("Sec-WebSocket-Protocol"u8);
        var fault = UpgradeRules.Check(new UpgradeFields
        {
            Method = "GET",
            IsHttp11 = parsed.IsHttp11,
            Host = room.Find(parsed.Fields, "Host"u8),
            Connection = room.Find(parsed.Fields, "Connection"u8),
            Upgrade = upgrade,
            Key = room.Find(parsed.Fields, "Sec-WebSocket-Key"u8),
            Version = room.Find(parsed.Fields, "Sec-WebSocket-Version"u8),
            Subprotocols = subprotocols,
            ContentLength = parsed.Fields.Find("Content-Length"u8),
            TransferEncoding = parsed.Fields.Find("Transfer-Encoding"u8),
        });
        if (fault != UpgradeFault.None) return Refuse(fault);

        UpgradeRules.TryReadSubprotocols(subprotocols, out var offered);
        Request = _request ??= new UpgradeRequest();
        Request.Take(parsed, offered);
        return HandshakeResult.Upgrade;
    }

    private HandshakeResult Refuse(UpgradeFault fault)
    {
        Fault = fault;
        return HandshakeResult.Invalid;
    }

    /// <summary>Decodes field values into temporary text, on the stack unless they are long.</summary>
    private ref struct TextRoom(Span<char> room)
    {
        public const int UsualLength = 512;

        private Span<char> _free = room;

        /// <summary>Returns the value of a field, which is empty when the field is absent.</summary>
        public ReadOnlySpan<char> Find(HeaderLines fields, ReadOnlySpan<byte> name) =>
            fields.TryFind(name, out var value) ? Take(value) : default;

        public ReadOnlySpan<char> Take(ReadOnlySpan<byte> bytes)
        {
            if (bytes.Length > _free.Length) return Encoding.Latin1.GetString(bytes);
            var text = _free[..Encoding.Latin1.GetChars(bytes, _free)];
            _free = _free[text.Length..];
            return text;
        }
    }
}
