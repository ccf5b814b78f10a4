using Duplex.WebSockets.Diagnostics;

namespace Duplex.WebSockets.Tests.Diagnostics;

public sealed class LogTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("/chat", "/chat")]
    [InlineData("a\u2028b\u202Ec", "a?b?c")]
    [InlineData("a\r\nerror: b\t\u0085", "a??error: b??")]
    public void Text_of_a_peer_stays_on_its_line(string? text, string expected) => Assert.Equal(expected, LogText.Of(text));

    [Fact]
    public void Text_of_a_peer_is_cut() => Assert.Equal(new string('x', 200) + "...", LogText.Of(new string('x', 100_000)));
}
