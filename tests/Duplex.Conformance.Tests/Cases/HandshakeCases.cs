using Duplex.Conformance.Tests.Http;
using Duplex.Conformance.Tests.Judging;

namespace Duplex.Conformance.Tests.Cases;

/// <summary>Chapter 20: opening handshakes that a server takes, and those it refuses. RFC 6455 section 4.2.</summary>
public static class HandshakeCases
{
    private static readonly UpgradeRequest Good = new();

    public static IEnumerable<HandshakeCase> All() => Taken().Concat(Refused()).Concat(Floods());

    private static IEnumerable<HandshakeCase> Taken()
    {
        yield return Take("the plain request", ["6455-4.2.2-g", "6455-4.2.2-h", "6455-4.2.1-b", "6455-4.2.1-c"], Good);
        foreach (var value in new[] { "WebSocket", "WEBSOCKET", "wEbSoCkEt" })
            yield return Take($"Upgrade: {value}", ["6455-4.2.1-d"], Good.Replace("Upgrade", value));
        foreach (var value in new[] { "upgrade", "UPGRADE", "keep-alive, Upgrade", "Upgrade, keep-alive", "keep-alive,upgrade", "foo , Upgrade , bar" })
            yield return Take($"Connection: {value}", ["6455-4.2.1-e"], Good.Replace("Connection", value));
        yield return Take("Connection in two fields", ["6455-4.2.1-e"], Good.Replace("Connection", "keep-alive").With("Connection", "Upgrade"));
        foreach (var (name, _) in Good.Fields)
        {
            yield return Take($"{name} in lower case", ["6455-4.2.1-h"], Good.Rename(name, name.ToLowerInvariant()));
            yield return Take($"{name} in upper case", ["6455-4.2.1-h"], Good.Rename(name, name.ToUpperInvariant()));
            yield return Take($"{name} with spaces around its value", ["6455-4.2.1-h"], Good.Replace(name, $"  \t {Good.Fields.Single(field => field.Name == name).Value} \t "));
        }

        yield return Take("no space after colons", ["6455-4.2.1-h"], Good.ToString().Replace(": ", ":", StringComparison.Ordinal));
        yield return Take("fields in reverse", ["6455-4.2.1-h"], Good with { Fields = [.. Good.Fields.Reverse()] });
        yield return Take("fields that nobody knows", ["6455-4.2.1-h"], Good.With("X-Unknown", "a").With("Sec-WebSocket-Unknown", "b").With("Cookie", "c=d; e=f"));
        yield return Take("a query", ["6455-4.2.1-b"], Good.For("/echo?a=b&c=%20"));
        yield return Take("an absolute target", ["6455-4.2.1-b"], Good with { StartLine = "GET http://localhost/echo HTTP/1.1" });
        yield return Take("Host with a port", ["6455-4.2.1-c"], Good.Replace("Host", "localhost:8080"));
        yield return Take("Content-Length: 0", ["6455-4.2.1-h"], Good.With("Content-Length", "0"));
        yield return Take("a request without Origin", ["6455-4.2.1-h"], Good);
        foreach (var offer in new[] { "foo", "foo; bar=1", "x-webkit-deflate-frame", "foo; bar=\"baz\"", "constructor", "__proto__", "toString; valueOf" })
            yield return Take($"the extension {offer}, which is not known", ["6455-4.2.2-f"], Good.With("Sec-WebSocket-Extensions", offer));
        foreach (var value in new[] { "", ",", ", ,", ",chat," })
            yield return Take($"Sec-WebSocket-Protocol: {value}, whose empty elements do not count", ["6455-4.2.1-h"], Good.With("Sec-WebSocket-Protocol", value));
        yield return Take("a subprotocol where none is spoken", ["6455-4.2.2-e"], Good.With("Sec-WebSocket-Protocol", "chat, superchat"));
    }

    private static IEnumerable<HandshakeCase> Refused()
    {
        foreach (var (name, rule) in new[] { ("Host", "c"), ("Upgrade", "d"), ("Connection", "e"), ("Sec-WebSocket-Key", "f"), ("Sec-WebSocket-Version", "g") })
        {
            yield return Refuse($"no {name}", [$"6455-4.2.1-{rule}", "6455-4.2.1-a"], Good.Without(name));
            yield return Refuse($"an empty {name}", [$"6455-4.2.1-{rule}", "6455-4.2.1-a"], Good.Replace(name, ""));
        }

        foreach (var name in new[] { "Host", "Sec-WebSocket-Key", "Sec-WebSocket-Version" })
            yield return Refuse($"{name} twice", ["6455-4.2.1-a"], Good.With(name, Good.Fields.Single(field => field.Name == name).Value));
        yield return Refuse("two keys", ["6455-4.2.1-f"], Good.With("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA=="));
        foreach (var value in new[] { "h2c", "websocketx", "xwebsocket", "web socket", "websocket/13x;" })
            yield return Refuse($"Upgrade: {value}", ["6455-4.2.1-d"], Good.Replace("Upgrade", value));
        foreach (var value in new[] { "close", "keep-alive", "Upgraded", "xUpgrade", "Up grade" })
            yield return Refuse($"Connection: {value}", ["6455-4.2.1-e"], Good.Replace("Connection", value));
        foreach (var value in new[]
        {
            "AAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAA=", "AAAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAA=",
            "AAAAAAAAAAAAAAAAAAAAAA===", "AAAAAAAAAA AAAAAAAAAAAA==", "AAAAAAAAAA-_AAAAAAAAAA==", "=AAAAAAAAAAAAAAAAAAAAAA=", "key", "Aw==",
        })
            yield return Refuse($"Sec-WebSocket-Key: {value}", ["6455-4.2.1-f"], Good.Replace("Sec-WebSocket-Key", value));
        foreach (var value in new[] { "0", "8", "12", "14", "25", "013", "+13", "13.0", "13, 8", "abc", "1 3" })
            yield return new HandshakeCase($"20.3 refused: Sec-WebSocket-Version: {value}", ["6455-4.2.2-b", "6455-4.2.1-g"], Good.Replace("Sec-WebSocket-Version", value).ToBytes(), IsTaken: false) { MustNameVersion = true };
        foreach (var method in new[] { "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "get", "GETX", "CONNECT" })
            yield return Refuse($"method {method}", ["6455-4.2.1-b"], Good with { StartLine = $"{method} /echo HTTP/1.1" });
        foreach (var version in new[] { "HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "HTTP/1", "http/1.1", "XTTP/1.1" })
            yield return Refuse($"version {version}", ["6455-4.2.1-b"], Good with { StartLine = $"GET /echo {version}" });
        yield return Refuse("a path where nothing is", ["6455-4.2.2-c"], Good.For("/nothing"));

        yield return Refuse("a body with Content-Length (CVE-2025-55315)", ["6455-4.2.1-a"], Good.With("Content-Length", "5") + "Hello");
        yield return Refuse("a chunked body (CVE-2025-55315)", ["6455-4.2.1-a"], Good.With("Transfer-Encoding", "chunked") + "0\r\n\r\n");
        yield return Refuse("Content-Length and Transfer-Encoding (CVE-2025-55315)", ["6455-4.2.1-a"], Good.With("Content-Length", "5").With("Transfer-Encoding", "chunked") + "0\r\n\r\n");

        foreach (var value in new[] { "a b", "a, a", "chat/1", "\"chat\"", "ch\u00e4t", "a;b", "(a)" })
            yield return Refuse($"Sec-WebSocket-Protocol: {value}", ["6455-4.2.1-a", "6455-8.1-a"], Good.With("Sec-WebSocket-Protocol", value));
        foreach (var value in new[] { ";", "=", "a b", "permessage-deflate; =", "permessage-deflate; a=", "permessage-deflate; a=\"", "permessage-deflate; a=\"b c\"", "permessage-deflate;;a", "permessage-deflate; a b", "\u00e4" })
            yield return Refuse($"Sec-WebSocket-Extensions: {value}", ["6455-9.1-a"], Good.With("Sec-WebSocket-Extensions", value));
        yield return Refuse("a folded line", ["6455-4.2.1-a"], Good.Replace("Upgrade", "web\r\n socket"));
        yield return Refuse("a space before a colon", ["6455-4.2.1-a"], Good.Rename("Upgrade", "Upgrade "));
        yield return Refuse("a line without a colon", ["6455-4.2.1-a"], Good.ToString().Replace("Upgrade: websocket", "Upgrade websocket", StringComparison.Ordinal));
        yield return Refuse("a field without a name", ["6455-4.2.1-a"], Good.With("", "x"));
        yield return Refuse("a NUL in a value", ["6455-4.2.1-a"], Good.With("X-Nul", "a\0b"));
        yield return Refuse("a request line of one word", ["6455-4.2.1-a"], Good with { StartLine = "GET" });
        yield return Refuse("a target with a space", ["6455-4.2.1-a"], Good.For("/ec ho"));
    }

    private static IEnumerable<HandshakeCase> Floods()
    {
        var many = Enumerable.Range(0, 2000).Aggregate(Good, (request, i) => request with { Fields = [.. request.Fields, ($"X-{i}", "y")] });
        yield return Refuse("2000 fields (CVE-2024-37890)", ["6455-4.2.1-a", "6455-10.4-a"], many);
        yield return Refuse("2000 fields and no Upgrade (CVE-2024-37890)", ["6455-4.2.1-a"], many.Without("Upgrade"));
        yield return Refuse("2000 fields before the others (CVE-2024-37890)", ["6455-4.2.1-a"], many with { Fields = [.. many.Fields.Reverse()] });
        yield return Refuse("a value of 64 KiB", ["6455-10.4-a"], Good.With("X-Long", new string('a', 64 << 10)));
        yield return Refuse("a name of 64 KiB", ["6455-10.4-a"], Good.With(new string('a', 64 << 10), "x"));
        yield return Refuse("a target of 64 KiB", ["6455-10.4-a"], Good.For("/" + new string('a', 64 << 10)));
        foreach (var (name, value) in new[]
        {
            ("Sec-WebSocket-Protocol", string.Join(", ", Enumerable.Range(0, 4000).Select(i => $"p{i}"))),
            ("Sec-WebSocket-Protocol", new string('a', 28_000)),
            ("Sec-WebSocket-Extensions", string.Join(", ", Enumerable.Range(0, 4000).Select(i => $"x{i}"))),
            ("Sec-WebSocket-Extensions", "a" + string.Concat(Enumerable.Repeat("; b=1", 5000))),
            ("Sec-WebSocket-Extensions", string.Join(", ", Enumerable.Repeat("permessage-deflate; client_max_window_bits=7", 600))),
            ("Cookie", new string('a', 28_000)),
        })
            yield return Take($"{name} of {value.Length} bytes (CVE-2021-32640)", ["6455-4.2.1-h"], Good.With(name, value));
    }

    private static HandshakeCase Take(string title, string[] rules, UpgradeRequest request) => Take(title, rules, request.ToString());

    private static HandshakeCase Take(string title, string[] rules, string request) =>
        new($"20.1 taken: {title}", rules, System.Text.Encoding.Latin1.GetBytes(request), IsTaken: true);

    private static HandshakeCase Refuse(string title, string[] rules, UpgradeRequest request) => Refuse(title, rules, request.ToString());

    private static HandshakeCase Refuse(string title, string[] rules, string request) =>
        new($"20.2 refused: {title}", rules, System.Text.Encoding.Latin1.GetBytes(request), IsTaken: false);
}
