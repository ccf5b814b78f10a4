using Duplex.Protocol.Text;

namespace Duplex.Protocol.Extensions;

/// <summary>
/// Reads the value of a Sec-WebSocket-Extensions header field, one extension and one parameter at a time, in time linear in
/// its length and without allocation. Each header field takes a reader of its own.
/// </summary>
/// <remarks>
/// RFC 6455 section 9.1:
/// <code>
/// extension-list  = 1#extension
/// extension       = extension-token *( ";" extension-param )
/// extension-param = token [ "=" (token | quoted-string) ]   ; unescaped, the quoted string is a token
/// </code>
/// </remarks>
internal ref struct ExtensionListReader(ReadOnlySpan<byte> value)
{
    private readonly ReadOnlySpan<byte> _value = value;
    private int _position;
    private bool _started;

    /// <summary>Whether the value is malformed, for which the connection must fail. RFC 6455 section 9.1.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Reads the name of the next extension and skips the unread parameters of the current one.</summary>
    /// <returns>False at the end, or when the value is malformed.</returns>
    public bool TryReadExtension(out ReadOnlySpan<byte> name)
    {
        while (_started && TryReadParameter(out _)) { }
        name = default;
        if (IsMalformed) return false;

        // RFC 9110 section 5.6.1: empty elements are ignored. A field of empty elements names no extension.
        while (Peek() == ',') _position++;
        if (_position == _value.Length) return false;

        _started = true;
        return TryReadToken(out name) && IsAtBoundary();
    }

    /// <summary>Reads the next parameter of the current extension.</summary>
    /// <returns>False after the last one, or when the value is malformed.</returns>
    public bool TryReadParameter(out ExtensionParameter parameter)
    {
        parameter = default;
        if (IsMalformed || Peek() != ';') return false;
        _position++;
        if (!TryReadToken(out var name)) return false;
        ReadOnlySpan<byte> text = default;
        var hasValue = Peek() == '=';
        if (hasValue)
        {
            _position++;
            if (!(Peek() == '"' ? TryReadQuoted(out text) : TryReadToken(out text))) return false;
        }

        if (!IsAtBoundary()) return false;
        parameter = new ExtensionParameter(name, text, hasValue);
        return true;
    }

    // Returns the next byte that is not white space, or 0 at the end: RFC 2616 permits LWS between any two tokens.
    private byte Peek()
    {
        while (_position < _value.Length && _value[_position] is (byte)' ' or (byte)'\t') _position++;
        return _position < _value.Length ? _value[_position] : (byte)0;
    }

    private bool TryReadToken(out ReadOnlySpan<byte> token)
    {
        Peek();
        var rest = _value[_position..];
        var length = rest.IndexOfAnyExcept(HttpCharacters.TokenBytes);
        token = length < 0 ? rest : rest[..length];
        _position += token.Length;
        return token.Length > 0 || Fail();
    }

    // RFC 6455 section 9.1: the unescaped text must be a token. No supported parameter needs an escape, so text with one is
    // returned with its backslash, which equals no known value.
    private bool TryReadQuoted(out ReadOnlySpan<byte> token)
    {
        var start = ++_position;
        token = default;
        while (_position < _value.Length)
        {
            var b = _value[_position];
            if (b == '"')
            {
                token = _value[start.._position++];
                return token.Length > 0 || Fail();
            }

            if (b == '\\' && ++_position == _value.Length) break;
            if (!HttpCharacters.TokenBytes.Contains(_value[_position])) break;
            _position++;
        }

        return Fail();
    }

    private bool IsAtBoundary() => Peek() is (byte)',' or (byte)';' || _position == _value.Length || Fail();

    private bool Fail()
    {
        IsMalformed = true;
        return false;
    }
}
