using System.Text;
using Showcase.Lines;
using Showcase.Lines.Wire;

namespace Showcase.Tests.Lines.Wire;

public sealed class WireReaderTests
{
    // RFC 6455 section 1.3.
    private const string Request = "GET /chat HTTP/1.1\r\nHost: server.example.com\r\nUpgrade: websocket\r\nSec-WebSocket-Key:dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    private const string Response = "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
    private const string Refused = "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\n\u0081\u0000";

    [Fact]
    public void The_accept_key_is_computed_in_steps()
    {
        var accept = Read(Request, Response).Accept!;
        Assert.Equal("dGhlIHNhbXBsZSBub25jZQ==", accept.Key);
        Assert.Equal("dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11", accept.Joined);
        Assert.Equal("b37a4f2cc0624f1690f64606cf385945b2bec4ea", accept.Sha1);
        Assert.Equal(("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), (accept.Computed, accept.Received));
    }

    [Fact]
    public void A_head_has_its_lines_with_their_positions()
    {
        var head = Read(Request, Response).Request!;
        Assert.Equal(4, head.Lines.Count);
        Assert.Equal(BytesOf(Request), head.Bytes);
        Assert.Equal(new WireLine(0, 18, "", "GET /chat HTTP/1.1"), head.Lines[0]);
        Assert.Equal("Sec-WebSocket-Key:dGhlIHNhbXBsZSBub25jZQ==", Request.Substring(head.Lines[3].At, head.Lines[3].Length));
    }

    [Fact]
    public void Frames_follow_the_heads()
    {
        var report = Read(Request + "\u0081\u0080\u0001\u0002\u0003\u0004", Response + "\u0081\u0000\u0089");
        Assert.Equal(Request.Length, Assert.Single(report.Up.Frames).At);
        Assert.Equal((Response.Length, Response.Length + 2), (Assert.Single(report.Down.Frames).At, report.Down.Next));
    }

    [Fact]
    public void What_follows_a_refusal_is_no_frame()
    {
        var report = Read(Request, Refused);
        Assert.Equal("HTTP/1.1 403 Forbidden", report.Response!.Lines[0].Value);
        Assert.Empty(report.Down.Frames);
        Assert.Null(report.Accept!.Received);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("GET /chat HTTP/1.1\r\nHost: server.exa", "")]
    [InlineData(Request, "HTTP/1.1 101 Switching Protocols\r\nSec-Web")]
    [InlineData("GET /chat HTTP/1.1\nHost: server.example.com\n\n", "\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001", "\u0015\u0003")]
    public void Without_both_heads_there_are_no_frames_and_the_next_reading_begins_again(string up, string down)
    {
        var report = Read(up, down);
        Assert.Equal((0, 0), (report.Up.Frames.Count, report.Down.Frames.Count));
        Assert.Equal(0, report.Down.Next);
    }

    [Fact]
    public void A_key_that_is_not_16_bytes_has_no_accept_key() =>
        Assert.Null(Read("GET / HTTP/1.1\r\nSec-WebSocket-Key: short\r\n\r\n", Response).Accept);

    [Fact]
    public void Overwritten_bytes_are_reported_and_later_ones_are_read()
    {
        var passed = new PassedBytes(1, new CapturedBytes(500, BytesOf("\u0089\u0080\u0000\u0000\u0000\u0000")), new CapturedBytes(0, []));
        var report = WireReader.Read(passed, 0, 0);
        Assert.True(report.Up.IsOverwritten);
        Assert.Empty(report.Up.Bytes);
        Assert.Null(report.Request);
        Assert.Equal("Ping", Assert.Single(WireReader.Read(passed, 500, 0).Up.Frames).Opcode);
    }

    private static byte[] BytesOf(string text) => Encoding.Latin1.GetBytes(text);

    private static WireReport Read(string up, string down) =>
        WireReader.Read(new PassedBytes(1, new CapturedBytes(0, BytesOf(up)), new CapturedBytes(0, BytesOf(down))), 0, 0);
}
