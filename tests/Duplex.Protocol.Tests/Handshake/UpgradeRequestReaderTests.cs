using System.Text;
using Duplex.Protocol.Handshake;

namespace Duplex.Protocol.Tests.Handshake;

/// <summary>RFC 6455 sections 1.3 and 4.2.1, each head whole, split at every byte, and byte by byte.</summary>
public sealed class UpgradeRequestReaderTests
{
    private static readonly string[] RequiredFields =
    [
        "Host: server.example.com",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
    ];

    [Fact]
    public void Request_of_section_1_3_is_an_upgrade()
    {
        var request = ShouldUpgrade(Head("GET /chat?room=1 HTTP/1.1", [.. RequiredFields, "Origin: http://example.com", "Sec-WebSocket-Protocol: chat, superchat"]));
        Assert.Equal("/chat", request.Path);
        Assert.Equal("room=1", request.Query);
        Assert.Equal("server.example.com", request.Host);
        Assert.Equal("http://example.com", request.Origin);
        Assert.Equal("dGhlIHNhbXBsZSBub25jZQ==", request.Key);
        Assert.Equal(["chat", "superchat"], request.Subprotocols);
        Assert.Null(request.Extensions);
    }

    [Theory]
    [InlineData("Upgrade: WebSocket"), InlineData("Upgrade: h2c, websocket"), InlineData("upgrade:websocket"), InlineData("UPGRADE: \twebsocket\t")]
    public void Upgrade_names_websocket_in_any_case_and_place(string field) => ShouldUpgrade(Head(Replace("Upgrade", field)));

    [Theory]
    [InlineData("Connection: keep-alive, Upgrade"), InlineData("connection: upgrade")]
    public void Connection_names_upgrade_in_any_case_and_place(string field) => ShouldUpgrade(Head(Replace("Connection", field)));

    [Fact]
    public void Field_sent_twice_is_one_list() =>
        Assert.Equal("permessage-deflate, x-other", ShouldUpgrade(Head(
            [.. RequiredFields, "Sec-WebSocket-Extensions: permessage-deflate", "Sec-WebSocket-Extensions: x-other"])).Extensions);

    [Fact]
    public void Any_field_is_found_in_any_case_and_copied_with_the_rest()
    {
        var request = ShouldUpgrade(Head([.. RequiredFields, "X-Forwarded-For: 10.0.0.1", "x-forwarded-for: 10.0.0.2"]));
        Assert.Equal("10.0.0.1, 10.0.0.2", request.FindHeader("X-FORWARDED-FOR"));
        Assert.Null(request.FindHeader("X-Forwarded"));
        var copy = request.CopyHeaders();
        Assert.Equal(RequiredFields.Length + 1, copy.Count);
        Assert.Equal("10.0.0.1, 10.0.0.2", copy["x-forwarded-FOR"]);
        Assert.Equal("server.example.com", copy["host"]);
    }

    [Fact]
    public void Reader_that_is_reset_reads_another_request_and_keeps_nothing_of_the_last()
    {
        var reader = new UpgradeRequestReader(HandshakeLimits.Default);
        reader.Read(Head("GET /a/long/path?and=a&query HTTP/1.1", [.. RequiredFields, "Origin: http://example.com", "Sec-WebSocket-Protocol: chat"]));
        var copy = reader.Request!.CopyHeaders();
        reader.Reset();
        Assert.Null(reader.Request);

        Assert.Equal(HandshakeResult.Upgrade, reader.Read(Head("GET /b HTTP/1.1", RequiredFields)));
        var request = reader.Request!;
        Assert.Equal(("/b", "", "server.example.com", null), (request.Path, request.Query, request.Host, request.Origin));
        Assert.Empty(request.Subprotocols);
        Assert.Equal("http://example.com", copy["Origin"]);
    }

    [Fact]
    public void Value_is_UTF_8()
    {
        var request = ShouldUpgrade([.. Head([.. RequiredFields])[..^2], .. "X-User: gr\u00fc\u00df\r\n\r\n"u8]);

        Assert.Equal("gr\u00fc\u00df", request.CopyHeaders()["X-User"]);
    }

    [Fact]
    public void Reader_that_is_used_again_allocates_nothing()
    {
        var head = Head("GET /chat?room=1 HTTP/1.1", [.. RequiredFields, "Cookie: " + new string('a', 700)]);
        var reader = new UpgradeRequestReader(HandshakeLimits.Default);
        ReadAgain(1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        ReadAgain(100);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void ReadAgain(int times)
        {
            for (var i = 0; i < times; i++)
            {
                reader.Reset();
                reader.Read(head);
            }
        }
    }

    [Fact]
    public void What_follows_the_head_is_left_alone()
    {
        var head = Head(RequiredFields);
        var reader = new UpgradeRequestReader(HandshakeLimits.Default);
        Assert.Equal(HandshakeResult.Upgrade, reader.Read([.. head, 0x81, 0x80]));
        Assert.Equal(head.Length, reader.HeadLength);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1"), InlineData("GET /page HTTP/1.0")]
    public void Request_without_an_upgrade_is_somebody_elses(string line) =>
        Assert.All(Results(Head(line, ["Host: a"])), result => Assert.Equal(HandshakeResult.NotAnUpgrade, result.Result));

    [Theory]
    [InlineData("POST /"), InlineData("\x16\x03\x01"), InlineData("PRI * HTTP/2.0\r\n"), InlineData("\r\n"), InlineData("get /")]
    [InlineData("GET http://server.example.com/chat HTTP/1.1"), InlineData("GET  HTTP/1.1"), InlineData("GET example.com:80 HTTP/1.1"), InlineData("GET *")]
    public void Anything_but_a_get_of_a_path_is_somebody_elses_from_its_first_bytes(string start) =>
        Assert.Equal(HandshakeResult.NotAnUpgrade, new UpgradeRequestReader(HandshakeLimits.Default).Read(Encoding.Latin1.GetBytes(start)));

    [Theory]
    [InlineData("Connection: Upgrade", UpgradeFault.Connection)]
    [InlineData("Host: server.example.com", UpgradeFault.Host)]
    [InlineData("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", UpgradeFault.Key)]
    [InlineData("Sec-WebSocket-Version: 13", UpgradeFault.Version)]
    public void Cve_2024_37890_Each_required_field_missing_is_refused(string field, UpgradeFault fault) =>
        ShouldRefuse(Head([.. RequiredFields.Where(other => other != field)]), fault);

    [Fact]
    public void Cve_2024_37890_More_fields_than_allowed_are_refused() =>
        ShouldRefuse(Head([.. Enumerable.Repeat("X: y", 100), .. RequiredFields]), UpgradeFault.HeadTooLarge);

    [Theory]
    [InlineData("Sec-WebSocket-Key: "), InlineData("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ="), InlineData("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==, dGhlIHNhbXBsZSBub25jZQ==")]
    [InlineData("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ"), InlineData("Sec-WebSocket-Key: !!!!IHNhbXBsZSBub25jZQ==")]
    public void Key_that_is_not_16_bytes_in_base64_is_refused(string field) => ShouldRefuse(Head(Replace("Sec-WebSocket-Key", field)), UpgradeFault.Key);

    [Theory]
    [InlineData("Sec-WebSocket-Version: 8"), InlineData("Sec-WebSocket-Version: 14"), InlineData("Sec-WebSocket-Version: 13, 8"), InlineData("Sec-WebSocket-Version: +13")]
    public void Other_versions_are_refused(string field) => ShouldRefuse(Head(Replace("Sec-WebSocket-Version", field)), UpgradeFault.Version);

    [Theory]
    [InlineData("Content-Length: 5"), InlineData("Content-Length: 0, 5"), InlineData("Transfer-Encoding: chunked"), InlineData("Transfer-Encoding: identity")]
    public void Cve_2025_55315_Upgrade_with_a_body_is_refused(string field) => ShouldRefuse(Head([.. RequiredFields, field]), UpgradeFault.Body);

    [Theory]
    [InlineData("Bad Name: x"), InlineData("Name : x"), InlineData(": x"), InlineData("NoColon"), InlineData(" folded"), InlineData("X: a\0b"), InlineData("X: a\rb"), InlineData("X: \u00e4")]
    public void Cve_2025_55315_Malformed_fields_are_refused(string field) => ShouldRefuse(Head([.. RequiredFields, field]), UpgradeFault.MalformedHead);

    [Fact]
    public void Cve_2025_55315_Bare_line_feeds_are_refused() =>
        ShouldRefuse(Encoding.Latin1.GetBytes("GET / HTTP/1.1\nHost: a\n\n"), UpgradeFault.MalformedHead);

    [Theory]
    [InlineData("GET / HTTP/2.0"), InlineData("GET /"), InlineData("GET /a b HTTP/1.1"), InlineData("GET /a#b HTTP/1.1")]
    public void Malformed_request_lines_are_refused(string line) => ShouldRefuse(Head(line, RequiredFields), UpgradeFault.MalformedHead);

    [Theory]
    [InlineData("Sec-WebSocket-Protocol: "), InlineData("Sec-WebSocket-Protocol: ,"), InlineData("Sec-WebSocket-Protocol: , ,")]
    public void Subprotocol_field_without_elements_offers_none_RFC_9110_5_6_1(string field) =>
        Assert.Empty(ShouldUpgrade(Head([.. RequiredFields, field])).Subprotocols);

    [Theory]
    [InlineData("a,,b"), InlineData(", a , b ,"), InlineData("a\r\nSec-WebSocket-Protocol: b"), InlineData("a,\r\nsec-websocket-protocol:\r\nSec-WebSocket-Protocol: ,b")]
    public void Subprotocols_are_one_list_whose_empty_elements_do_not_count_RFC_9110_5_6_1(string value) =>
        Assert.Equal(["a", "b"], ShouldUpgrade(Head([.. RequiredFields, "Sec-WebSocket-Protocol: " + value])).Subprotocols);

    [Theory]
    [InlineData("localhost"), InlineData("localhost:8000"), InlineData("127.0.0.1:0"), InlineData("example.org:65535"), InlineData("EXAMPLE.org.")]
    [InlineData("[::1]"), InlineData("[::1]:80"), InlineData("[::ffff:1.2.3.4]:65535"), InlineData("xn--bcher-kva.example"), InlineData("a_b~c"), InlineData("axn--.example")]
    public void Host_with_and_without_a_port_is_taken_RFC_9110_7_2(string host) =>
        Assert.Equal(host, ShouldUpgrade(Head(Replace("Host", "Host: " + host))).Host);

    [Theory]
    [InlineData(""), InlineData(":80"), InlineData("a:"), InlineData("a:b"), InlineData("a:b:c"), InlineData("a:80:80"), InlineData("example.com:abc")]
    [InlineData("a:65536"), InlineData("a:99999"), InlineData("a:999999999999"), InlineData("a:+80"), InlineData("a:-1"), InlineData("a: 80"), InlineData("a:8 0")]
    [InlineData("[]"), InlineData("[:]"), InlineData("[::1"), InlineData("::1"), InlineData("[::1]x"), InlineData("[::1]:x"), InlineData("[g::1]"), InlineData("]["), InlineData("[::1]:")]
    [InlineData("a b"), InlineData("a,b"), InlineData("a/b"), InlineData("a@b"), InlineData("a?b"), InlineData("a%41"), InlineData("*"), InlineData("a\\b"), InlineData("\"a\"")]
    [InlineData("xn--.example.org"), InlineData("xn--a-.example.org"), InlineData("XN--.a:80"), InlineData("a.xn--"), InlineData("b\u00fccher.example")]
    [InlineData("a\r\nHost: a"), InlineData("a\r\nhost: b")]
    public void Host_that_is_no_host_and_port_is_refused_RFC_9112_3_2(string host) =>
        ShouldRefuse(Head(Replace("Host", "Host: " + host)), host.Contains('\u00fc', StringComparison.Ordinal) ? UpgradeFault.MalformedHead : UpgradeFault.Host);

    [Fact]
    public void International_label_that_is_too_long_is_refused() =>
        ShouldRefuse(Head(Replace("Host", $"Host: xn--{new string('a', 70)}.example")), UpgradeFault.Host);

    [Fact]
    public void Request_line_that_is_too_long_is_refused()
    {
        ShouldUpgrade(Head($"GET /?{new string('a', (8 << 10) - 17)} HTTP/1.1", RequiredFields));
        ShouldRefuse(Head($"GET /?{new string('a', (8 << 10) - 16)} HTTP/1.1", RequiredFields), UpgradeFault.HeadTooLarge);
    }

    [Theory]
    [InlineData("Sec-WebSocket-Protocol: a, a"), InlineData("Sec-WebSocket-Protocol: a b"), InlineData("Sec-WebSocket-Protocol: a/b")]
    public void Subprotocols_that_are_no_list_of_different_tokens_are_refused(string field) =>
        ShouldRefuse(Head([.. RequiredFields, field]), UpgradeFault.Subprotocols);

    [Fact]
    public void Cve_2021_32640_Subprotocols_of_30_KB_are_read_in_linear_time()
    {
        var names = Enumerable.Range(0, 5000).Select(i => "p" + i).ToArray();
        var reader = new UpgradeRequestReader(HandshakeLimits.Default);
        Assert.Equal(HandshakeResult.Upgrade, reader.Read(Head([.. RequiredFields, "Sec-WebSocket-Protocol: " + string.Join(',', names)])));
        Assert.Equal(names, reader.Request!.Subprotocols);
    }

    [Theory]
    [InlineData("constructor"), InlineData("__proto__"), InlineData("toString, hasOwnProperty")]
    public void Cve_ws_3_3_1_Odd_extension_names_are_only_text(string names) =>
        Assert.Equal(names, ShouldUpgrade(Head([.. RequiredFields, "Sec-WebSocket-Extensions: " + names])).Extensions);

    [Fact]
    public void Cve_2023_43669_Head_dripped_byte_by_byte_is_looked_at_once()
    {
        // What was looked at is overwritten with line feeds: a reader that started over would find bare ones.
        var head = Head([.. RequiredFields, "Cookie: " + new string('a', 32_000)]);
        var shown = head.ToArray();
        var reader = new UpgradeRequestReader(HandshakeLimits.Default);
        for (var i = 1; i < head.Length; i++)
        {
            Assert.Equal(HandshakeResult.NeedMore, reader.Read(shown.AsSpan(0, i)));
            if (i > 6) shown[i - 2] = (byte)'\n';
        }

        Assert.Equal(HandshakeResult.Upgrade, reader.Read(head));
    }

    [Fact]
    public void Head_without_end_is_refused_at_the_limit()
    {
        var reader = new UpgradeRequestReader(new HandshakeLimits { MaxHeadBytes = 100 });
        var endless = Encoding.Latin1.GetBytes("GET /" + new string('a', 95));
        Assert.Equal(HandshakeResult.NeedMore, reader.Read(endless.AsSpan(0, 99)));
        Assert.Equal(HandshakeResult.Invalid, reader.Read(endless));
        Assert.Equal(UpgradeFault.HeadTooLarge, reader.Fault);
    }

    private static string[] Replace(string name, string field) => [.. RequiredFields.Where(other => !other.StartsWith(name + ":", StringComparison.Ordinal)), field];

    private static byte[] Head(params string[] fields) => Head("GET / HTTP/1.1", fields);

    private static byte[] Head(string line, string[] fields) => Encoding.Latin1.GetBytes(string.Join("\r\n", [line, .. fields]) + "\r\n\r\n");

    private static UpgradeRequest ShouldUpgrade(byte[] head)
    {
        var results = Results(head);
        Assert.All(results, result => Assert.Equal(HandshakeResult.Upgrade, result.Result));
        return results[0].Reader.Request!;
    }

    private static void ShouldRefuse(byte[] head, UpgradeFault fault) => Assert.All(Results(head), result =>
    {
        Assert.Equal(HandshakeResult.Invalid, result.Result);
        Assert.Equal(fault, result.Reader.Fault);
    });

    private static List<(HandshakeResult Result, UpgradeRequestReader Reader)> Results(byte[] head)
    {
        var results = new List<(HandshakeResult, UpgradeRequestReader)>();
        int[][] cuts = [[], .. Enumerable.Range(1, head.Length - 1).Select(at => new[] { at }), [.. Enumerable.Range(1, head.Length - 1)]];
        foreach (var cut in cuts)
        {
            var reader = new UpgradeRequestReader(HandshakeLimits.Default);
            var result = HandshakeResult.NeedMore;
            foreach (var end in cut.Append(head.Length))
            {
                result = reader.Read(head.AsSpan(0, end));
                if (result != HandshakeResult.NeedMore) break;
            }

            results.Add((result, reader));
        }

        return results;
    }
}
