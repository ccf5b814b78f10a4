namespace Duplex.Execution.Tests;

public sealed class LogTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("/chat", "/chat")]
    [InlineData("chat:früh \U0001F600", "chat:früh \U0001F600")]
    [InlineData("a\u2028b\u202Ec", "a?b?c")]
    [InlineData("a\r\nerror: b\t\u0085\u001B[0m", "a??error: b???[0m")]
    [InlineData("a\U000E0001b", "a?b")]
    public void Text_of_a_peer_stays_on_its_line(string? text, string expected) => Assert.Equal(expected, LogText.Of(text));

    // Not as a theory: xunit replaces half a character in the data of a case.
    [Fact]
    public void Half_of_a_character_is_replaced() => Assert.Equal("a?b?", LogText.Of("a\uD83Db\uDE00"));

    [Fact]
    public void Text_of_a_peer_is_cut() => Assert.Equal(new string('x', 200) + "...", LogText.Of(new string('x', 100_000)));

    [Fact]
    public void Character_at_the_cut_is_not_left_in_halves() =>
        Assert.Equal(new string('x', 199) + "?...", LogText.Of(new string('x', 199) + "\U0001F600"));
}
