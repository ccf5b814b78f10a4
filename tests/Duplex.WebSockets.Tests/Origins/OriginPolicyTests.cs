using Duplex.WebSockets.Origins;

namespace Duplex.WebSockets.Tests.Origins;

/// <summary>RFC 6455 section 10.2, RFC 6454.</summary>
public sealed class OriginPolicyTests
{
    // CVE-2026-44211, CVE-2026-58649, CVE-2020-14368: servers on loopback that any page could drive.
    [Theory]
    [InlineData("http://localhost:8080", "localhost:8080", true)]
    [InlineData("http://LOCALHOST:8080", "localhost:8080", true)]
    [InlineData("https://example.org", "example.org", true)]
    [InlineData("http://example.org", "example.org", true)]
    [InlineData("https://example.org", "example.org:443", true)]
    [InlineData("https://example.org:8443", "example.org:8443", true)]
    [InlineData("http://[::1]:8080", "[::1]:8080", true)]
    [InlineData("https://evil.example", "localhost:8080", false)]
    [InlineData("http://localhost:8081", "localhost:8080", false)]
    [InlineData("http://localhost", "localhost:8080", false)]
    [InlineData("http://127.0.0.1:8080", "localhost:8080", false)]
    [InlineData("http://localhost.evil.example:8080", "localhost:8080", false)]
    [InlineData("http://localhost.:8080", "localhost:8080", false)]
    [InlineData("null", "localhost:8080", false)]
    [InlineData("", "localhost:8080", false)]
    [InlineData("file://", "localhost:8080", false)]
    [InlineData("http://example.org", "", false)]
    [InlineData("http://example.org", null, false)]
    [InlineData("http://a", "a@b", false)]
    [InlineData("chrome-extension://example.org", "example.org", false)]
    public void By_default_only_pages_of_the_same_host_connect_CVE_2026_44211(string origin, string? host, bool isAllowed) =>
        Assert.Equal(isAllowed, new OriginPolicy([]).Allows(origin, host));

    [Theory]
    [InlineData("https://example.org", true)]
    [InlineData("HTTPS://Example.ORG", true)]
    [InlineData("https://example.org:443", true)]
    [InlineData("http://example.org", false)]
    [InlineData("https://example.org:8443", false)]
    [InlineData("https://example.org.", false)]
    [InlineData("https://example.org.evil.example", false)]
    [InlineData("https://evilexample.org", false)]
    [InlineData("https://sub.example.org", false)]
    [InlineData("https://example.org/", false)]
    [InlineData("https://example.org/path", false)]
    [InlineData("https://example.org@evil.example", false)]
    [InlineData("https://user@example.org", false)]
    [InlineData("https://example.org?x", false)]
    [InlineData("https://example.org#x", false)]
    [InlineData("https://example.org\\.evil.example", false)]
    [InlineData("https://example.org, https://evil.example", false)]
    [InlineData("https://example.org https://evil.example", false)]
    [InlineData(" https://example.org", false)]
    [InlineData("https://example.org:", false)]
    [InlineData("https://example.org:0443", true)]
    [InlineData("https://example.org:000443", false)]
    [InlineData("https://example.org:+443", false)]
    [InlineData("https://example.org:443443", false)]
    [InlineData("https://ex\u00e4mple.org", false)]
    [InlineData("https://example.org\0", false)]
    [InlineData("example.org", false)]
    [InlineData("//example.org", false)]
    [InlineData("null", false)]
    [InlineData("*", false)]
    public void An_exact_entry_matches_itself_alone(string origin, bool isAllowed) =>
        Assert.Equal(isAllowed, new OriginPolicy(["https://example.org"]).Allows(origin, "elsewhere"));

    // CVE-2022-42975 (GHSA-p8f7-22gq-m7j9): a wildcard compared by suffix let other domains in.
    [Theory]
    [InlineData("https://a.example.org", true)]
    [InlineData("https://a.b.example.org", true)]
    [InlineData("https://A.EXAMPLE.ORG", true)]
    [InlineData("https://example.org", false)]
    [InlineData("https://.example.org", false)]
    [InlineData("https://evilexample.org", false)]
    [InlineData("https://a.example.org.evil.example", false)]
    [InlineData("https://a.example.org.", false)]
    [InlineData("http://a.example.org", false)]
    [InlineData("https://a.example.org:444", false)]
    [InlineData("https://evil.example/.example.org", false)]
    [InlineData("https://evil.example?.example.org", false)]
    [InlineData("https://evil.example:1.example.org", false)]
    [InlineData("https://*.example.org", false)]
    [InlineData("null", false)]
    public void A_wildcard_matches_subdomains_alone_CVE_2022_42975(string origin, bool isAllowed) =>
        Assert.Equal(isAllowed, new OriginPolicy(["https://*.example.org"]).Allows(origin, "elsewhere"));

    [Fact]
    public void An_international_name_matches_the_form_that_browsers_send()
    {
        var policy = new OriginPolicy(["https://b\u00fccher.example"]);
        Assert.True(policy.Allows("https://xn--bcher-kva.example", null));
        Assert.False(policy.Allows("https://b\u00fccher.example", null));
    }

    [Fact]
    public void A_request_without_origin_does_not_come_from_a_page() =>
        Assert.True(new OriginPolicy(["https://example.org"]).Allows(null, "elsewhere"));

    [Theory]
    [InlineData("null")]
    [InlineData("https://anything.example")]
    [InlineData("what is this")]
    public void A_star_allows_everything(string origin) => Assert.True(new OriginPolicy(["*"]).Allows(origin, null));

    [Theory]
    [InlineData("example.org")]
    [InlineData("https://example.org/")]
    [InlineData("https://*")]
    [InlineData("https://*.")]
    [InlineData("https://a.*.org")]
    [InlineData("https://")]
    [InlineData("://x")]
    [InlineData("1a://x")]
    [InlineData("")]
    [InlineData("https://a.example,https://b.example")]
    [InlineData("[\"https://a.example\"]")]
    [InlineData("https://user@a.example")]
    [InlineData("https://\u00e4\u0000.example")]
    [InlineData("NULL")]
    public void An_entry_that_is_no_origin_is_refused_early(string entry)
    {
        Assert.Throws<ArgumentException>(() => new OriginPolicy([entry]));
        Assert.NotNull(OriginPolicy.FaultOf(entry));
    }

    [Theory]
    [InlineData("example.org", "write https://example.org.")]
    [InlineData("localhost:3000", "write https://localhost:3000.")]
    [InlineData("https://example.org/", "write https://example.org.")]
    [InlineData("https://example.org/app", "write https://example.org.")]
    [InlineData("https://*", "write * alone")]
    [InlineData("https://a,https://b", "an entry of its own")]
    [InlineData("[\"https://a\"]", "an entry of its own")]
    public void A_refused_entry_is_told_what_to_write(string entry, string advice) =>
        Assert.Contains(advice, OriginPolicy.FaultOf(entry), StringComparison.Ordinal);

    // RFC 6454 sections 6.2 and 7: application shells and extensions have schemes of their own.
    [Theory]
    [InlineData("capacitor://localhost"), InlineData("ionic://localhost"), InlineData("tauri://localhost"), InlineData("chrome-extension://abcdefghijklmnop")]
    [InlineData("app://."), InlineData("file://"), InlineData("null"), InlineData("ftp://example.org"), InlineData("vscode-webview://a1b2:8000")]
    public void An_entry_of_any_scheme_matches_itself_alone(string entry)
    {
        var policy = new OriginPolicy([entry]);
        Assert.Null(OriginPolicy.FaultOf(entry));
        Assert.True(policy.Allows(entry, "localhost"));
        Assert.True(policy.Allows(entry == "null" ? entry : entry.ToUpperInvariant(), null));
        foreach (var other in (string[])["https://localhost", "http://localhost", "capacitor://other", "other://localhost", "file://x", "null:", "tauri://"])
            Assert.False(policy.Allows(other, "localhost"));
    }

    [Theory]
    [InlineData("capacitor://localhost"), InlineData("null"), InlineData("file://")]
    public void Other_schemes_are_never_the_servers_own(string origin) => Assert.False(new OriginPolicy([]).Allows(origin, "localhost"));

    [Fact]
    public void Entry_null_alone_does_not_let_the_own_host_in() => Assert.False(new OriginPolicy(["null"]).Allows("http://localhost", "localhost"));

    [Theory]
    [InlineData("http://localhost:8080", true)]
    [InlineData("https://example.org", true)]
    [InlineData("http://localhost:8081", false)]
    [InlineData("http://127.0.0.1:8080", false)]
    public void Entry_self_adds_the_host_and_port_of_the_request_to_the_others(string origin, bool isAllowed) =>
        Assert.Equal(isAllowed, new OriginPolicy(["self", "https://example.org"]).Allows(origin, "localhost:8080"));

    [Theory]
    [InlineData("http://localhost:8080", "localhost:8080", true)]
    [InlineData("http://localhost:5173", "localhost:8080", true)]
    [InlineData("https://LOCALHOST", "localhost:8080", true)]
    [InlineData("http://[::1]:1", "[::1]:2", true)]
    [InlineData("http://127.0.0.1:8080", "localhost:8080", false)]
    [InlineData("http://localhost.evil.example:8080", "localhost:8080", false)]
    [InlineData("http://sub.localhost:8080", "localhost:8080", false)]
    [InlineData("capacitor://localhost", "localhost:8080", false)]
    [InlineData("null", "localhost:8080", false)]
    [InlineData("http://localhost:8080", null, false)]
    [InlineData("http://localhost:8080", "", false)]
    public void Entry_self_on_any_port_matches_the_host_of_the_request_alone(string origin, string? host, bool isAllowed) =>
        Assert.Equal(isAllowed, new OriginPolicy(["self:*"]).Allows(origin, host));

    [Theory]
    [InlineData("self"), InlineData("self:*")]
    public void The_keywords_are_valid_entries_and_no_origins(string entry)
    {
        Assert.Null(OriginPolicy.FaultOf(entry));
        Assert.False(new OriginPolicy([entry]).Allows(entry, "localhost"));
    }
}
