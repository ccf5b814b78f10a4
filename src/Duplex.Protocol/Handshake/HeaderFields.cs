using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Duplex.Protocol.Handshake;

/// <summary>
/// The header fields of a request, kept as they came: strings are made for whoever asks, because most handshakes
/// are answered without any, and ten of them cost more than the connection that comes out. Safe from any thread.
/// </summary>
internal sealed class HeaderFields : IReadOnlyDictionary<string, string>
{
    private readonly byte[] _lines;
    private Dictionary<string, string>? _fields;

    public HeaderFields(HeaderLines lines) => _lines = lines.Bytes.ToArray();

    public HeaderLines Lines => new(_lines);

    public int Count => Fields.Count;

    public IEnumerable<string> Keys => Fields.Keys;

    public IEnumerable<string> Values => Fields.Values;

    // Two threads may both make it; either result will do.
    private Dictionary<string, string> Fields => _fields ??= Read();

    public string this[string key] => Fields[key];

    public bool ContainsKey(string key) => Fields.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => Fields.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => Fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Dictionary<string, string> Read()
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in Lines)
        {
            var colon = line.IndexOf((byte)':');
            var name = Encoding.ASCII.GetString(line[..colon]);
            var value = Encoding.Latin1.GetString(HeaderLines.ValueOf(line, colon));
            if (!fields.TryAdd(name, value)) fields[name] = $"{fields[name]}, {value}";
        }

        return fields;
    }
}
