using System.Text;

namespace Duplex.Fuzz.Mutation;

/// <summary>Changes lines of an HTTP head, tokens in them, and sometimes single bytes.</summary>
public sealed class HeadMutator : IMutator
{
    private static readonly string[] Words =
    [
        "GET", "POST", "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "101", "400", "Host", "Upgrade", "Connection", "websocket", "WebSocket", "upgrade",
        "keep-alive, Upgrade", "close", "Sec-WebSocket-Key", "Sec-WebSocket-Version", "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions",
        "Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "dGhlIHNhbXBsZSBub25jZQ==", "13", "8", "012", "permessage-deflate",
        "permessage-deflate; client_max_window_bits", "server_max_window_bits=9", "constructor", "__proto__", "Content-Length: 5", "Transfer-Encoding: chunked",
        "\r\n", "\n", "\r", "\r\n ", "\t", "\0", ":", ",", ", ,", ";", "=", "\"", "\\\"", "é", "/", "/%00", "http://a:1/", "#", "Origin: null", "[::1]:80",
    ];

    private readonly ByteMutator _bytes = new();

    public byte[] Next(Random random, IReadOnlyList<byte[]> seeds)
    {
        if (random.Next(3) == 0) return _bytes.Next(random, seeds);
        var lines = Encoding.Latin1.GetString(seeds[random.Next(seeds.Count)]).Split("\r\n").ToList();
        for (var changes = 1 + random.Next(4); changes > 0; changes--) Change(random, lines);
        return Encoding.Latin1.GetBytes(string.Join("\r\n", lines));
    }

    private static void Change(Random random, List<string> lines)
    {
        var at = random.Next(lines.Count);
        var word = Words[random.Next(Words.Length)];
        switch (random.Next(7))
        {
            case 0 when lines.Count > 1: lines.RemoveAt(at); break;
            case 1: lines.Insert(random.Next(lines.Count), lines[at]); break;
            case 2: (lines[at], lines[^1]) = (lines[^1], lines[at]); break;
            case 3: lines[at] = lines[at].Insert(random.Next(lines[at].Length + 1), word); break;
            case 4: lines[at] = random.Next(2) == 0 ? lines[at].ToUpperInvariant() : lines[at].Replace(": ", ":", StringComparison.Ordinal); break;
            case 5: lines.Insert(at, $"{word}: {Words[random.Next(Words.Length)]}"); break;
            case 6: lines.Insert(at, $"X-{random.Next(10)}: {new string((char)('a' + random.Next(26)), 1 << random.Next(13))}"); break;
        }
    }
}
