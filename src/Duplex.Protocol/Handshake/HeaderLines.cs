using System.Text;

namespace Duplex.Protocol.Handshake;

/// <summary>The field lines of a head, each with its CRLF, up to and including the empty one. RFC 9112 section 5.</summary>
internal readonly ref struct HeaderLines(ReadOnlySpan<byte> bytes)
{
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>The value of a line whose colon is known.</summary>
    public static ReadOnlySpan<byte> ValueOf(ReadOnlySpan<byte> line, int colon) => line[(colon + 1)..].Trim(" \t"u8);

    /// <summary>A field's value; that of one sent more than once is joined by commas (RFC 9110 section 5.2).</summary>
    /// <param name="name">In any case.</param>
    /// <param name="value">The value; empty when the field was not sent.</param>
    /// <returns>Whether it was sent.</returns>
    public bool TryFind(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        var isFound = false;
        foreach (var line in this)
        {
            if (line.Length <= name.Length || line[name.Length] != (byte)':' || !Ascii.EqualsIgnoreCase(line[..name.Length], name)) continue;
            var next = ValueOf(line, name.Length);
            value = isFound ? (byte[])[.. value, .. ", "u8, .. next] : next;
            isFound = true;
        }

        return isFound;
    }

    /// <summary>As <see cref="TryFind"/>, as text; null when the field was not sent.</summary>
    public string? Find(ReadOnlySpan<byte> name) => TryFind(name, out var value) ? TextOf(value) : null;

    /// <summary>All fields as text; names in any case.</summary>
    public Dictionary<string, string> ToDictionary()
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in this)
        {
            var colon = line.IndexOf((byte)':');
            var name = Encoding.ASCII.GetString(line[..colon]);
            var value = TextOf(ValueOf(line, colon));
            if (!fields.TryAdd(name, value)) fields[name] = $"{fields[name]}, {value}";
        }

        return fields;
    }

    // RFC 9110 5.5 leaves bytes above 127 to the fields. UTF-8 is what Kestrel takes them for, so that an application sees
    // the same value from either; what is no UTF-8 is refused.
    private static string TextOf(ReadOnlySpan<byte> value) => Encoding.UTF8.GetString(value);

    public Enumerator GetEnumerator() => new(Bytes);

    /// <summary>Walks the lines, without their ends, up to the empty one.</summary>
    public ref struct Enumerator(ReadOnlySpan<byte> rest)
    {
        private ReadOnlySpan<byte> _rest = rest;

        public ReadOnlySpan<byte> Current { get; private set; }

        public bool MoveNext()
        {
            var end = _rest.IndexOf("\r\n"u8);
            if (end <= 0) return false;
            Current = _rest[..end];
            _rest = _rest[(end + 2)..];
            return true;
        }
    }
}
