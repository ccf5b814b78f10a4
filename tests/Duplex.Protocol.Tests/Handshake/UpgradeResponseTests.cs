using System.Text;
using Duplex.Protocol.Handshake;

namespace Duplex.Protocol.Tests.Handshake;

/// <summary>RFC 6455 sections 1.3 and 4.2.2.</summary>
public sealed class UpgradeResponseTests
{
    private const string Key = "dGhlIHNhbXBsZSBub25jZQ==";

    [Fact]
    public void Key_of_section_1_3_is_answered() => Assert.Equal("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", AcceptKey.Compute(Key));

    [Fact]
    public void Answer_names_what_was_agreed()
    {
        var response = new byte[UpgradeResponse.AcceptLength("chat", "permessage-deflate")];
        Assert.Equal(response.Length, UpgradeResponse.WriteAccept(response, Key, "chat", "permessage-deflate"));
        Assert.Equal(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: chat\r\n" +
            "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n",
            Encoding.ASCII.GetString(response));
    }

    [Fact]
    public void Answer_leaves_out_what_was_not_agreed()
    {
        var response = new byte[UpgradeResponse.AcceptLength()];
        Assert.Equal(response.Length, UpgradeResponse.WriteAccept(response, Key));
        Assert.DoesNotContain("Protocol:", Encoding.ASCII.GetString(response), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_status_that_refuses_ends_the_connection_and_says_why()
    {
        for (var status = 400; status < 600; status++)
        {
            var response = new byte[UpgradeResponse.MaxRefusalBytes];
            var text = Encoding.ASCII.GetString(response, 0, UpgradeResponse.WriteRefusal(response, status, "Not today."));
            Assert.StartsWith($"HTTP/1.1 {status} ", text, StringComparison.Ordinal);
            Assert.Contains("close\r\nContent-Length: 10\r\nContent-Type: text/plain\r\n\r\nNot today.", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Refusal_without_a_reason_has_no_body()
    {
        var response = new byte[UpgradeResponse.MaxRefusalBytes];
        var text = Encoding.ASCII.GetString(response, 0, UpgradeResponse.WriteRefusal(response, 403));
        Assert.EndsWith("Content-Length: 0\r\n\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Refusal_with_a_long_reason_fits_in()
    {
        var response = new byte[UpgradeResponse.MaxRefusalBytes];
        var text = Encoding.ASCII.GetString(response, 0, UpgradeResponse.WriteRefusal(response, 426, new string('x', 1000)));
        var body = text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Assert.Contains($"Content-Length: {body.Length}\r\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(399), InlineData(600), InlineData(0), InlineData(101)]
    public void Status_that_does_not_refuse_is_not_written(int status) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => UpgradeResponse.WriteRefusal(new byte[UpgradeResponse.MaxRefusalBytes], status));

    [Fact]
    public void Refused_version_is_told_ours()
    {
        var response = new byte[UpgradeResponse.MaxRefusalBytes];
        var text = Encoding.ASCII.GetString(response, 0, UpgradeResponse.WriteRefusal(response, UpgradeRules.StatusOf(UpgradeFault.Version)));
        Assert.StartsWith("HTTP/1.1 426 ", text, StringComparison.Ordinal);
        Assert.Contains("\r\nSec-WebSocket-Version: 13\r\n", text, StringComparison.Ordinal);
    }
}
