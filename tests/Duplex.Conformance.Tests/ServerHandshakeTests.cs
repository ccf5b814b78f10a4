using System.Text;
using Duplex.Conformance.Tests.Cases;
using Duplex.Conformance.Tests.Hosts;
using Duplex.Conformance.Tests.Http;
using Duplex.Conformance.Tests.Judging;
using Duplex.Conformance.Tests.Rules;
using Duplex.Conformance.Tests.Wire;

namespace Duplex.Conformance.Tests;

public sealed class ServerHandshakeTests(EchoHosts hosts)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly IReadOnlyDictionary<string, HandshakeCase> All = HandshakeCases.All().ToDictionary(item => item.Id);

    public static TheoryData<string, string> Cases() => EchoHosts.WithEachTransport(All.Keys);

    public static TheoryData<string> Transports() => [.. Hosts.Transports.Available];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Server_conforms_in_the_handshake(string transport, string id)
    {
        var item = All[id];
        var response = await JudgeClient.RequestAsync(hosts[transport].EndPoint, item.Request, Limit);
        if (item.IsTaken)
        {
            AssertAccepts(response);
            return;
        }

        Assert.True(response is null || response.Status is >= 400 and < 600, response?.StartLine);
        if (!item.MustNameVersion) return;
        Assert.True(response?.Status is 400 or 426, response?.StartLine ?? "no response");
        Assert.Contains("13", response!.All("Sec-WebSocket-Version"));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    [Rule("6455-6.2-a", "6455-4.2.1-a")]
    public async Task Server_takes_a_request_that_comes_byte_by_byte_CVE_2023_43669(string transport)
    {
        using var cancellation = new CancellationTokenSource(Limit);
        await using var stream = await JudgeClient.ConnectAsync(hosts[transport].EndPoint, cancellation.Token);
        foreach (var one in new UpgradeRequest().With("X-Long", new string('a', 4000)).ToBytes()) await stream.WriteAsync(new[] { one }, cancellation.Token);
        AssertAccepts(await MessageHead.ReadAsync(stream, cancellation.Token));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    [Rule("6455-6.2-a")]
    public async Task Server_reads_frames_that_come_in_the_segment_of_the_request(string transport)
    {
        using var cancellation = new CancellationTokenSource(Limit);
        var stream = await JudgeClient.ConnectAsync(hosts[transport].EndPoint, cancellation.Token);
        await stream.WriteAsync((byte[])[.. new UpgradeRequest().ToBytes(), .. Frame.Text("early").Encode(asClient: true)], cancellation.Token);
        AssertAccepts(await MessageHead.ReadAsync(stream, cancellation.Token));
        await using var peer = new RawPeer(stream.Socket, stream, isClient: true, deflate: null, Limit);
        Assert.Equal("early"u8.ToArray(), (await peer.ReceiveMessageAsync()).Payload);
    }

    [Theory]
    [InlineData("chat", "chat")]
    [InlineData("superchat, chat", "superchat")]
    [InlineData("unknown, chat", "chat")]
    [InlineData("unknown", null)]
    [InlineData("CHAT", null)]
    [Rule("6455-4.2.2-d", "6455-4.2.2-e")]
    public async Task Server_chooses_a_subprotocol_that_the_client_listed(string offered, string? chosen)
    {
        foreach (var transport in Hosts.Transports.Available)
        {
            var request = new UpgradeRequest().For("/subprotocols").With("Sec-WebSocket-Protocol", offered);
            var response = await JudgeClient.RequestAsync(hosts[transport].EndPoint, request.ToBytes(), Limit);
            AssertAccepts(response);
            Assert.Equal(chosen, response.One("Sec-WebSocket-Protocol"));
        }
    }

    [Theory]
    [MemberData(nameof(Transports))]
    [Rule("6455-4.2.2-d")]
    public async Task Server_joins_the_subprotocols_of_two_fields(string transport)
    {
        var request = new UpgradeRequest().For("/subprotocols").With("Sec-WebSocket-Protocol", "unknown").With("Sec-WebSocket-Protocol", "superchat");
        var response = await JudgeClient.RequestAsync(hosts[transport].EndPoint, request.ToBytes(), Limit);
        AssertAccepts(response);
        Assert.Equal("superchat", response.One("Sec-WebSocket-Protocol"));
    }

    // CVE-2022-42975: suffixes, case, ports, schemes and whatever else looks like the host and is not.
    // CVE-2026-44211: a page from elsewhere is refused by default, on loopback too.
    [Theory]
    [InlineData("/echo", "http://localhost", true)]
    [InlineData("/echo", "http://LOCALHOST", true)]
    [InlineData("/echo", "http://localhost:80", true)]
    [InlineData("/echo", "http://localhost.evil.example", false)]
    [InlineData("/echo", "http://evillocalhost", false)]
    [InlineData("/echo", "http://evil.example/localhost", false)]
    [InlineData("/echo", "http://localhost@evil.example", false)]
    [InlineData("/echo", "http://localhost:8081", false)]
    [InlineData("/echo", "http://127.0.0.1", false)]
    [InlineData("/echo", "null", false)]
    [InlineData("/echo", "", false)]
    [InlineData("/echo", "file://", false)]
    [InlineData("/echo", "http://localhost, http://evil.example", false)]
    [InlineData("/origins", "https://example.org", true)]
    [InlineData("/origins", "https://EXAMPLE.org", true)]
    [InlineData("/origins", "http://example.org", false)]
    [InlineData("/origins", "https://example.org:8443", false)]
    [InlineData("/origins", "https://example.org.evil.example", false)]
    [InlineData("/origins", "https://notexample.org", false)]
    [InlineData("/origins", "https://example.org.", false)]
    [InlineData("/origins", "https://sub.example.org", false)]
    [InlineData("/origins", "https://ex\u00e4mple.org", false)]
    [InlineData("/origins", "null", false)]
    [Rule("6455-4.2.2-a")]
    public async Task Server_takes_only_the_origins_it_allows_CVE_2022_42975_CVE_2026_44211(string path, string origin, bool isAllowed)
    {
        foreach (var transport in Hosts.Transports.Available)
        {
            var request = new UpgradeRequest().For(path).With("Origin", origin);
            var response = await JudgeClient.RequestAsync(hosts[transport].EndPoint, request.ToBytes(), Limit);
            Assert.True(isAllowed ? response?.Status == 101 : response?.Status is 403 or 400, $"{transport}: {response?.StartLine}");
        }
    }

    // CVE-2026-2229: a parameter that cannot be declines the offer; the next one may still be taken.
    [Theory]
    [InlineData("permessage-deflate; server_max_window_bits=0")]
    [InlineData("permessage-deflate; server_max_window_bits=7")]
    [InlineData("permessage-deflate; server_max_window_bits=16")]
    [InlineData("permessage-deflate; server_max_window_bits=-1")]
    [InlineData("permessage-deflate; server_max_window_bits=08")]
    [InlineData("permessage-deflate; server_max_window_bits=1000000000000")]
    [InlineData("permessage-deflate; server_max_window_bits=abc")]
    [InlineData("permessage-deflate; server_max_window_bits")]
    [InlineData("permessage-deflate; server_max_window_bits=10; server_max_window_bits=10")]
    [InlineData("permessage-deflate; client_max_window_bits=7")]
    [InlineData("permessage-deflate; client_max_window_bits=16")]
    [InlineData("permessage-deflate; client_max_window_bits; client_max_window_bits")]
    [InlineData("permessage-deflate; server_no_context_takeover=1")]
    [InlineData("permessage-deflate; client_no_context_takeover=true")]
    [InlineData("permessage-deflate; server_no_context_takeover; server_no_context_takeover")]
    [InlineData("permessage-deflate; unknown")]
    [InlineData("permessage-deflate; constructor")]
    [Rule("7692-5-a", "7692-7.1-a", "7692-7.1-b", "7692-7.1.1-d", "7692-7.1.2-e", "6455-9.1-b")]
    public async Task Server_declines_an_offer_with_a_wrong_parameter_CVE_2026_2229(string offer)
    {
        foreach (var transport in Hosts.Transports.Available)
        {
            Assert.Null(await AnswerAsync(transport, [offer]));
            Assert.StartsWith("permessage-deflate", await AnswerAsync(transport, [offer, "permessage-deflate"]), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("permessage-deflate")]
    [InlineData("permessage-deflate; client_max_window_bits")]
    [InlineData("permessage-deflate; client_max_window_bits=15")]
    [InlineData("permessage-deflate; server_max_window_bits=15")]
    [InlineData("permessage-deflate; server_max_window_bits=\"12\"")]
    [InlineData("permessage-deflate; server_max_window_bits=9; client_max_window_bits=9")]
    [InlineData("permessage-deflate; server_no_context_takeover")]
    [InlineData("permessage-deflate; client_no_context_takeover")]
    [InlineData("permessage-deflate ;server_no_context_takeover ; client_no_context_takeover")]
    [InlineData("foo, permessage-deflate")]
    [InlineData("permessage-deflate; server_max_window_bits=10, permessage-deflate")]
    [Rule("7692-5-b", "7692-7.1.1-c", "7692-7.1.2-c", "7692-7.1.2-d", "6455-5.8-a", "6455-4.2.2-f")]
    public async Task Server_accepts_an_offer_it_can_keep(string offer)
    {
        foreach (var transport in Hosts.Transports.Available)
        {
            var answer = await AnswerAsync(transport, [offer]);
            Assert.NotNull(answer);
            var accepted = offer.Split(',').Select(element => element.Trim()).First(element => element.StartsWith("permessage-deflate", StringComparison.Ordinal));
            DeflateAnswer.Read(answer, Parse(accepted));
        }
    }

    [Theory]
    [MemberData(nameof(Transports))]
    [Rule("6455-9.1-d")]
    public async Task Server_joins_the_extensions_of_two_fields(string transport) =>
        Assert.StartsWith("permessage-deflate", await AnswerAsync(transport, ["foo; bar", "permessage-deflate"]), StringComparison.Ordinal);

    private static void AssertAccepts([System.Diagnostics.CodeAnalysis.NotNull] MessageHead? response)
    {
        Assert.NotNull(response);
        Assert.Equal("HTTP/1.1 101", response.StartLine[..12]);
        Assert.Equal("websocket", response.One("Upgrade"), ignoreCase: true);
        Assert.Equal("upgrade", response.One("Connection"), ignoreCase: true);
        Assert.Equal(UpgradeRequest.Accept, response.One("Sec-WebSocket-Accept"));
    }

    private static DeflateParameters Parse(string offer) => new()
    {
        ServerNoContextTakeover = offer.Contains("server_no_context", StringComparison.Ordinal),
        ServerMaxWindowBits = Bits(offer, "server_max_window_bits"),
        ClientMaxWindowBits = Bits(offer, "client_max_window_bits"),
    };

    private static int? Bits(string offer, string name)
    {
        var at = offer.IndexOf(name, StringComparison.Ordinal);
        if (at < 0) return null;
        var digits = new StringBuilder();
        foreach (var c in offer[(at + name.Length)..].TrimStart('=', '"').TakeWhile(char.IsAsciiDigit)) digits.Append(c);
        return digits.Length == 0 ? 15 : int.Parse(digits.ToString(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<string?> AnswerAsync(string transport, string[] offers)
    {
        var request = offers.Aggregate(new UpgradeRequest(), (request, offer) => request.With("Sec-WebSocket-Extensions", offer));
        var response = await JudgeClient.RequestAsync(hosts[transport].EndPoint, request.ToBytes(), Limit);
        AssertAccepts(response);
        return response.One("Sec-WebSocket-Extensions");
    }
}
