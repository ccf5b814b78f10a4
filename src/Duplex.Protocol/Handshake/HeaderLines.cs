using System.Text;

namespace Duplex.Protocol.Handshake;

/// <summary>Represents the field lines of a head, each with its CRLF, up to and including the empty one. RFC 9112 section 5.</summary>
internal readonly ref struct HeaderLines(ReadOnlySpan<byte> bytes)
{
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>Returns the value of a line by the position of its colon.</summary>
    public static ReadOnlySpan<byte> ValueOf(ReadOnlySpan<byte> line, int colon) => line[(colon + 1)..].Trim(" \t"u8);

    /// <summary>Finds the value of a field; the values of a repeated field are joined by commas (RFC 9110 section 5.2).</summary>
    /// <param name="name">The name, case-insensitive.</param>
    /// <param name="value">The value; empty when the field is absent.</param>
    /// <returns>Whether the field is present.</returns>
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

    /// <summary>Returns the value of a field as text, like <see cref="TryFind"/>, or null when the field is absent.</summary>
    public string? Find(ReadOnlySpan<byte> name) => TryFind(name, out var value) ? TextOf(value) : null;

    /// <summary>Returns all fields as text under case-insensitive names.</summary>
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

    // RFC 9110 section 5.5 leaves the meaning of bytes above 127 to each field. Kestrel decodes them as UTF-8, so an
    // application gets the same value from both; other bytes are rejected.
    private static string TextOf(ReadOnlySpan<byte> value) => Encoding.UTF8.GetString(value);

    public Enumerator GetEnumerator() => new(Bytes);

    /// <summary>Enumerates the lines, without their CRLF, up to the empty one.</summary>
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
