using Duplex.Conformance.Tests.Judging;

namespace Duplex.Conformance.Tests.Cases;

/// <summary>Chapter 21: answers that a client takes, and those it refuses. RFC 6455 section 4.1. The client offers permessage-deflate and the subprotocol chat.</summary>
public static class ResponseCases
{
    public static IEnumerable<ResponseCase> All() => Taken().Concat(Refused()).Concat(Extensions());

    private static IEnumerable<ResponseCase> Taken()
    {
        yield return Take("the plain answer", ["6455-4.1-k", "6455-4.1-l", "6455-4.1-m"], good => good);
        foreach (var value in new[] { "WebSocket", "WEBSOCKET" }) yield return Take($"Upgrade: {value}", ["6455-4.1-k"], good => good.Replace("Upgrade: websocket", $"Upgrade: {value}", StringComparison.Ordinal));
        foreach (var value in new[] { "upgrade", "UPGRADE", "keep-alive, Upgrade", "foo ,upgrade , bar" })
            yield return Take($"Connection: {value}", ["6455-4.1-l"], good => good.Replace("Connection: Upgrade", $"Connection: {value}", StringComparison.Ordinal));
        yield return Take("names in lower case", ["6455-4.1-p"], good => good.Replace("Sec-WebSocket-Accept", "sec-websocket-accept", StringComparison.Ordinal).Replace("Upgrade:", "upgrade:", StringComparison.Ordinal));
        yield return Take("white space around the accept value", ["6455-4.1-m"], good => good.Replace("Sec-WebSocket-Accept: ", "Sec-WebSocket-Accept: \t  ", StringComparison.Ordinal));
        yield return Take("no space after colons", ["6455-4.1-p"], good => good.Replace(": ", ":", StringComparison.Ordinal));
        yield return Take("another reason phrase", ["6455-4.1-j"], good => good.Replace("Switching Protocols", "Whatever", StringComparison.Ordinal));
        yield return Take("no reason phrase", ["6455-4.1-j"], good => good.Replace("Switching Protocols", "", StringComparison.Ordinal));
        yield return Take("fields that nobody knows", ["6455-4.1-p"], good => With(good, "Server: judge", "X-Unknown: a", "Set-Cookie: b=c"));
        yield return Take("the subprotocol that was offered", ["6455-4.1-o"], good => With(good, "Sec-WebSocket-Protocol: chat"));
    }

    private static IEnumerable<ResponseCase> Refused()
    {
        foreach (var (name, rule) in new[] { ("Upgrade", "k"), ("Connection", "l"), ("Sec-WebSocket-Accept", "m") })
        {
            yield return Refuse($"no {name}", [$"6455-4.1-{rule}"], good => Without(good, name));
            yield return Refuse($"an empty {name}", [$"6455-4.1-{rule}"], good => With(Without(good, name), $"{name}:"));
        }

        foreach (var value in new[] { "h2c", "websocketx", "web socket" }) yield return Refuse($"Upgrade: {value}", ["6455-4.1-k"], good => good.Replace("Upgrade: websocket", $"Upgrade: {value}", StringComparison.Ordinal));
        foreach (var value in new[] { "close", "keep-alive", "Upgraded" }) yield return Refuse($"Connection: {value}", ["6455-4.1-l"], good => good.Replace("Connection: Upgrade", $"Connection: {value}", StringComparison.Ordinal));
        foreach (var value in new[] { "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "AAAA", "x" }) yield return Refuse($"Sec-WebSocket-Accept: {value}", ["6455-4.1-m"], good => With(Without(good, "Sec-WebSocket-Accept"), $"Sec-WebSocket-Accept: {value}"));
        yield return Refuse("the accept value in another case", ["6455-4.1-m"], good => System.Text.RegularExpressions.Regex.Replace(good, "(?<=Accept: ).*(?=\r)", match => match.Value.ToUpperInvariant()));
        yield return Refuse("the accept value twice", ["6455-4.1-p"], good => With(good, System.Text.RegularExpressions.Regex.Match(good, "Sec-WebSocket-Accept: [^\r]*").Value));
        foreach (var value in new[] { "superchat", "CHAT", "chat, superchat", "" }) yield return Refuse($"Sec-WebSocket-Protocol: {value}", ["6455-4.1-o"], good => With(good, $"Sec-WebSocket-Protocol: {value}"));
        yield return Refuse("the subprotocol twice", ["6455-4.1-p"], good => With(good, "Sec-WebSocket-Protocol: chat", "Sec-WebSocket-Protocol: chat"));
        foreach (var status in new[] { "100 Continue", "200 OK", "204 No Content", "301 Moved Permanently", "302 Found", "307 Temporary Redirect", "400 Bad Request", "401 Unauthorized", "403 Forbidden", "404 Not Found", "426 Upgrade Required", "500 Internal Server Error", "503 Service Unavailable", "102 Processing" })
            yield return Refuse($"status {status}", ["6455-4.1-j"], good => With(good.Replace("101 Switching Protocols", status, StringComparison.Ordinal), "Location: ws://127.0.0.1:1/", "Content-Length: 0"));
        foreach (var version in new[] { "HTTP/1.0", "HTTP/2.0", "HTTP/0.9", "HTTX/1.1", "http/1.1" }) yield return Refuse($"version {version}", ["6455-4.1-p"], good => good.Replace("HTTP/1.1", version, StringComparison.Ordinal));
        yield return Refuse("no HTTP at all", ["6455-4.1-p"], _ => "SSH-2.0-OpenSSH_9.2\r\n\r\n");
        yield return Refuse("an empty head", ["6455-4.1-p"], _ => "\r\n\r\n");
        yield return Refuse("a line without a colon", ["6455-4.1-p"], good => With(good, "rubbish"));
        yield return Refuse("a space before a colon", ["6455-4.1-p"], good => good.Replace("Upgrade:", "Upgrade :", StringComparison.Ordinal));
        yield return Refuse("a folded line", ["6455-4.1-p"], good => good.Replace("Upgrade: websocket", "Upgrade: web\r\n socket", StringComparison.Ordinal));
        yield return Refuse("a NUL in a value", ["6455-4.1-p"], good => With(good, "X-Nul: a\0b"));
        yield return Refuse("a head without end", ["6455-4.1-p", "6455-10.4-a"], good => With(good, $"X-Long: {new string('a', 1 << 20)}"));
        yield return Refuse("5000 fields (CVE-2024-37890)", ["6455-4.1-p", "6455-10.4-a"], good => With(good, [.. Enumerable.Range(0, 5000).Select(i => $"X-{i}: y")]));
        yield return Refuse("a body with Content-Length (CVE-2025-55315)", ["6455-4.1-p"], good => With(good.Replace("101 Switching Protocols", "200 OK", StringComparison.Ordinal), "Content-Length: 5") + "Hello");
    }

    private static IEnumerable<ResponseCase> Extensions()
    {
        foreach (var value in new[]
        {
            "permessage-deflate", "permessage-deflate; server_no_context_takeover", "permessage-deflate; client_no_context_takeover",
            "permessage-deflate; server_max_window_bits=9", "permessage-deflate; client_max_window_bits=9", "permessage-deflate; server_max_window_bits=\"10\"",
            "permessage-deflate;server_max_window_bits=8 ; client_max_window_bits = 15",
        })
            yield return Take($"Sec-WebSocket-Extensions: {value}", ["6455-9.1-b", "6455-5.8-a"], good => With(good, $"Sec-WebSocket-Extensions: {value}"));
        foreach (var value in new[] { "foo", "x-webkit-deflate-frame", "permessage-bzip2", "permessage-deflate, foo", "constructor" })
            yield return Refuse($"Sec-WebSocket-Extensions: {value}", ["6455-4.1-n"], good => With(good, $"Sec-WebSocket-Extensions: {value}"));
        foreach (var value in new[] { ";", "=", "a b", "permessage-deflate; =", "permessage-deflate; server_max_window_bits=", "permessage-deflate; a=\"", "permessage-deflate;;" })
            yield return Refuse($"Sec-WebSocket-Extensions: {value}", ["6455-9.1-a"], good => With(good, $"Sec-WebSocket-Extensions: {value}"));
        foreach (var value in new[]
        {
            "unknown", "server_max_window_bits", "server_max_window_bits=0", "server_max_window_bits=7", "server_max_window_bits=16", "server_max_window_bits=-1",
            "server_max_window_bits=08", "server_max_window_bits=abc", "server_max_window_bits=1000000000000", "client_max_window_bits", "client_max_window_bits=7",
            "client_max_window_bits=16", "server_no_context_takeover=1", "client_no_context_takeover=true", "constructor",
        })
            yield return Refuse($"permessage-deflate; {value} (CVE-2026-2229)", ["7692-5-c", "7692-7.1-c", "7692-7.1.1-d", "7692-7.1.2-e"], good => With(good, $"Sec-WebSocket-Extensions: permessage-deflate; {value}"));
        foreach (var value in new[] { "server_no_context_takeover", "client_no_context_takeover", "server_max_window_bits=10", "client_max_window_bits=10" })
            yield return Refuse($"permessage-deflate with {value} twice", ["7692-7.1-d"], good => With(good, $"Sec-WebSocket-Extensions: permessage-deflate; {value}; {value}"));
        yield return Refuse("permessage-deflate twice", ["7692-5-c"], good => With(good, "Sec-WebSocket-Extensions: permessage-deflate, permessage-deflate"));
        yield return Refuse("permessage-deflate in two fields", ["7692-5-c", "6455-9.1-d"], good => With(good, "Sec-WebSocket-Extensions: permessage-deflate", "Sec-WebSocket-Extensions: permessage-deflate"));
    }

    private static string With(string response, params string[] fields) => response[..^2] + string.Concat(fields.Select(field => $"{field}\r\n")) + "\r\n";

    private static string Without(string response, string name) =>
        string.Join("\r\n", response.Split("\r\n").Where(line => !line.StartsWith(name + ":", StringComparison.Ordinal)));

    private static ResponseCase Take(string title, string[] rules, Func<string, string> change) => new($"21.1 taken: {title}", rules, change, IsTaken: true);

    private static ResponseCase Refuse(string title, string[] rules, Func<string, string> change) => new($"21.2 refused: {title}", rules, change, IsTaken: false);
}
