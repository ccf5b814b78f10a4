using System.Text;

namespace Duplex.Protocol.Handshake;

/// <summary>
/// Reads the head of one upgrade request. The caller keeps the bytes, in its buffer or by peeking at the kernel's,
/// and shows all of them each time; what was looked at before is not looked at again, so a head that comes byte by
/// byte costs no more than one that comes whole. One thread at a time.
/// </summary>
public sealed class UpgradeRequestReader(HandshakeLimits limits)
{
    private UpgradeRequest? _request;
    private int _scanned;
    private int _lineStart;
    private int _lines;

    /// <summary>The request, once the result is <see cref="HandshakeResult.Upgrade"/> and until <see cref="Reset"/>.</summary>
    public UpgradeRequest? Request { get; private set; }

    /// <summary>Why the request is refused, once the result is <see cref="HandshakeResult.Invalid"/>.</summary>
    public UpgradeFault Fault { get; private set; }

    /// <summary>Length of the head, its empty line included, once it is complete. What follows is the first frames.</summary>
    public int HeadLength { get; private set; }

    /// <summary>Looks at the head as far as it has arrived.</summary>
    /// <param name="head">Every byte received on the connection, from the first.</param>
    public HandshakeResult Read(ReadOnlySpan<byte> head)
    {
        // Everything but a GET is told by the first bytes: TLS, HTTP/2's preface, uploads.
        // An absolute target too (RFC 9112 section 3.2.2): it is for proxies, and brings rules about the Host field with it.
        if (_lines == 0 && !head.StartsWith("GET /"u8[..Math.Min(5, head.Length)])) return HandshakeResult.NotAnUpgrade;

        while (true)
        {
            var feed = head[_scanned..].IndexOf((byte)'\n');
            if (feed < 0) break;
            var end = _scanned + feed;
            if (end >= limits.MaxHeadBytes || (_lines == 0 && end >= limits.MaxRequestLineBytes)) return Refuse(UpgradeFault.HeadTooLarge);
            // RFC 9112 section 2.2 lets a recipient take a bare LF; proxies that differ on it can be told apart, so we do not.
            if (end == _lineStart || head[end - 1] != (byte)'\r') return Refuse(UpgradeFault.MalformedHead);
            _scanned = end + 1;
            if (end - _lineStart == 1) return Finish(head[..(end + 1)]);
            if (_lines++ > limits.MaxHeaderCount) return Refuse(UpgradeFault.HeadTooLarge);
            _lineStart = end + 1;
        }

        _scanned = head.Length;
        return head.Length >= (_lines == 0 ? Math.Min(limits.MaxRequestLineBytes, limits.MaxHeadBytes) : limits.MaxHeadBytes) ? Refuse(UpgradeFault.HeadTooLarge) : HandshakeResult.NeedMore;
    }

    /// <summary>Starts over, for another connection, whose request takes the place of the last one.</summary>
    public void Reset()
    {
        _scanned = _lineStart = _lines = HeadLength = 0;
        Request = null;
        Fault = UpgradeFault.None;
    }

    private HandshakeResult Finish(ReadOnlySpan<byte> head)
    {
        HeadLength = head.Length;
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

    /// <summary>Field values as text for as long as they are looked at, on the stack unless they are long.</summary>
    private ref struct TextRoom(Span<char> room)
    {
        public const int UsualLength = 512;

        private Span<char> _free = room;

        /// <summary>Empty when the field was not sent.</summary>
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
