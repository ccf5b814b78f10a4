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

    [Theory]
    [InlineData(400), InlineData(403), InlineData(404), InlineData(405), InlineData(408), InlineData(426), InlineData(431), InlineData(503)]
    public void Refusals_end_the_connection(int status)
    {
        var response = new byte[UpgradeResponse.MaxRefusalBytes];
        var text = Encoding.ASCII.GetString(response, 0, UpgradeResponse.WriteRefusal(response, status));
        Assert.StartsWith($"HTTP/1.1 {status} ", text, StringComparison.Ordinal);
        Assert.Contains("close\r\nContent-Length: 0\r\n\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Refused_version_is_told_ours()
    {
        var response = new byte[UpgradeResponse.MaxRefusalBytes];
        var text = Encoding.ASCII.GetString(response, 0, UpgradeResponse.WriteRefusal(response, UpgradeRules.StatusOf(UpgradeFault.Version)));
        Assert.StartsWith("HTTP/1.1 426 ", text, StringComparison.Ordinal);
        Assert.Contains("\r\nSec-WebSocket-Version: 13\r\n", text, StringComparison.Ordinal);
    }
}
