using System.Diagnostics.CodeAnalysis;
using System.Text;
using Duplex.Protocol.Text;

namespace Duplex.Protocol.Handshake;

/// <summary>
/// Represents the head of an HTTP response, parsed strictly (RFC 9112 sections 4 and 5). Field names are case-insensitive;
/// the values of a repeated field are joined by commas.
/// </summary>
public sealed class ResponseHead
{
    private readonly Dictionary<string, List<string>> _fields = new(StringComparer.OrdinalIgnoreCase);

    private ResponseHead(int status) => Status = status;

    /// <summary>The status code, 100 to 599.</summary>
    public int Status { get; }

    /// <summary>Returns the value of a field, or null when the field is absent.</summary>
    public string? Find(string name) => _fields.TryGetValue(name, out var values) ? string.Join(", ", values) : null;

    internal static bool TryParse(ReadOnlySpan<byte> head, [NotNullWhen(true)] out ResponseHead? parsed)
    {
        parsed = null;
        if (!TryParseStatus(NextLine(ref head), out var status)) return false;
        var fields = new ResponseHead(status);
        for (var line = NextLine(ref head); line.Length > 0; line = NextLine(ref head))
        {
            if (!fields.TryAdd(line)) return false;
        }

        parsed = fields;
        return true;
    }

    private static ReadOnlySpan<byte> NextLine(ref ReadOnlySpan<byte> head)
    {
        var end = head.IndexOf("\r\n"u8);
        var line = head[..end];
        head = head[(end + 2)..];
        return line;
    }

    // HTTP/1.1 SP 3DIGIT SP [ reason ]. Servers that omit the last space are common and are accepted.
    private static bool TryParseStatus(ReadOnlySpan<byte> line, out int status)
    {
        status = 0;
        if (!line.StartsWith("HTTP/1.1 "u8) || line.Length < 12 || (line.Length > 12 && line[12] != ' ')) return false;
        foreach (var digit in line[9..12])
        {
            if (!char.IsAsciiDigit((char)digit)) return false;
            status = (10 * status) + digit - '0';
        }

        return status is >= 100 and <= 599;
    }

    private bool TryAdd(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || line[..colon].ContainsAnyExcept(HttpCharacters.TokenBytes)) return false;
        var value = line[(colon + 1)..].Trim(" \t"u8);
        if (value.ContainsAny(HttpCharacters.ForbiddenInValues)) return false;
        var name = Encoding.ASCII.GetString(line[..colon]);
        if (!_fields.TryGetValue(name, out var values)) _fields.Add(name, values = []);
        values.Add(Encoding.Latin1.GetString(value));
        return true;
    }
}
