using System.Text;
using Duplex.Protocol.Extensions;
using Duplex.Protocol.Handshake;

namespace Duplex.Protocol.Tests.Handshake;

/// <summary>What a client makes of a server's answer. RFC 6455 section 4.1; the key and answer are those of section 1.3.</summary>
public sealed class UpgradeResponseRulesTests
{
    private const string Key = "dGhlIHNhbXBsZSBub25jZQ==";
    private const string Start = "HTTP/1.1 101 Switching Protocols\r\n";
    private const string Fields = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n";
    private const string Good = Start + Fields + "\r\n";

    [Fact]
    public void A_valid_answer_is_accepted_in_every_cut()
    {
        var bytes = Encoding.ASCII.GetBytes(Good + "rest");
        for (var cut = 0; cut < bytes.Length; cut++)
        {
            var reader = new ResponseHeadReader(HandshakeLimits.Default);
            var isEarly = reader.TryRead(bytes.AsSpan(0, cut), out var fault);
            Assert.Equal(cut >= Good.Length, isEarly);
            Assert.Equal(UpgradeResponseFault.None, fault);
            if (!isEarly) Assert.True(reader.TryRead(bytes, out _));
            Assert.Equal(Good.Length, reader.HeadLength);
        }
    }

    [Theory]
    [InlineData(Good)]
    [InlineData("HTTP/1.1 101\r\n" + Fields + "\r\n")]
    [InlineData("HTTP/1.1 101 \r\nserver: x\r\nUPGRADE: WebSocket\r\nconnection: keep-alive, UPGRADE\r\nSEC-WEBSOCKET-ACCEPT:s3pPLMBiTxaQ9kYGzzhZRbK+xOo= \r\n\r\n")]
    [InlineData(Start + Fields + "Sec-WebSocket-Protocol: chat\r\n\r\n")]
    [InlineData(Start + Fields + "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover\r\n\r\n")]
    public void A_valid_answer_opens_the_connection(string answer) => Assert.Equal(UpgradeResponseFault.None, Check(answer));

    [Theory]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: ws://a/\r\n\r\n", UpgradeResponseFault.Redirect)]
    [InlineData("HTTP/1.1 200 OK\r\n" + Fields + "\r\n", UpgradeResponseFault.Status)]
    [InlineData("HTTP/1.1 401 Unauthorized\r\n\r\n", UpgradeResponseFault.Status)]
    [InlineData(Start + "Connection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n", UpgradeResponseFault.Upgrade)]
    [InlineData(Start + "Upgrade: h2c\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n", UpgradeResponseFault.Upgrade)]
    [InlineData(Start + "Upgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n", UpgradeResponseFault.Connection)]
    [InlineData(Start + "Upgrade: websocket\r\nConnection: close\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n", UpgradeResponseFault.Connection)]
    [InlineData(Start + "Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n", UpgradeResponseFault.Accept)]
    [InlineData(Start + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: S3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n", UpgradeResponseFault.Accept)]
    [InlineData(Start + Fields + Fields + "\r\n", UpgradeResponseFault.Upgrade)]
    [InlineData(Start + Fields + "Sec-WebSocket-Protocol: other\r\n\r\n", UpgradeResponseFault.Subprotocol)]
    [InlineData(Start + Fields + "Sec-WebSocket-Protocol: chat, chat\r\n\r\n", UpgradeResponseFault.Subprotocol)]
    [InlineData(Start + Fields + "Sec-WebSocket-Protocol: CHAT\r\n\r\n", UpgradeResponseFault.Subprotocol)]
    [InlineData(Start + Fields + "Sec-WebSocket-Extensions: x-unknown\r\n\r\n", UpgradeResponseFault.Extensions)]
    [InlineData(Start + Fields + "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99\r\n\r\n", UpgradeResponseFault.Extensions)]
    public void An_answer_that_breaks_a_rule_fails_the_connection(string answer, UpgradeResponseFault fault) => Assert.Equal(fault, Check(answer));

    [Theory]
    [InlineData("HTTP/1.0 101 Switching Protocols\r\n\r\n")]
    [InlineData("HTTP/2 101\r\n\r\n")]
    [InlineData("HTTP/1.1 1O1 x\r\n\r\n")]
    [InlineData("HTTP/1.1 1011 x\r\n\r\n")]
    [InlineData("HTTP/1.1 099 x\r\n\r\n")]
    [InlineData("HTTP/1.1\r\n\r\n")]
    [InlineData("\r\n\r\n")]
    [InlineData("HTTP/1.1 101 x\n\n")]
    [InlineData("HTTP/1.1 101 x\r\nno colon\r\n\r\n")]
    [InlineData("HTTP/1.1 101 x\r\n: empty\r\n\r\n")]
    [InlineData("HTTP/1.1 101 x\r\nName : space\r\n\r\n")]
    [InlineData("HTTP/1.1 101 x\r\nA: b\r\n folded\r\n\r\n")]
    [InlineData("HTTP/1.1 101 x\r\nA: b\0\r\n\r\n")]
    [InlineData("HTTP/1.1 101 x\r\nA: b\rc\r\n\r\n")]
    public void What_is_not_HTTP_1_1_is_refused(string answer) => Assert.Equal(UpgradeResponseFault.MalformedHead, Check(answer));

    [Fact]
    public void A_flood_of_fields_is_refused() =>
        Assert.Equal(UpgradeResponseFault.HeadTooLarge, Check(Start + string.Concat(Enumerable.Repeat("A: b\r\n", 200)) + "\r\n"));

    [Fact]
    public void A_head_without_end_is_refused_at_the_limit() =>
        Assert.Equal(UpgradeResponseFault.HeadTooLarge, Check(Start + "A: " + new string('b', 100_000)));

    private static UpgradeResponseFault Check(string answer)
    {
        var reader = new ResponseHeadReader(HandshakeLimits.Default);
        if (!reader.TryRead(Encoding.Latin1.GetBytes(answer), out var fault)) return fault;
        var options = new DeflateOptions { ClientContextTakeover = true };
        return UpgradeResponseRules.Check(reader.Head!, Key, ["chat"], options, out _);
    }
}
