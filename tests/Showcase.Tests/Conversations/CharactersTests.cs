using Showcase.Conversations;

namespace Showcase.Tests.Conversations;

public sealed class CharactersTests
{
    // The same rows are in the pages' tests (conversation/textLimit.test.ts).
    [Theory]
    [InlineData("", 0)]
    [InlineData("Ada", 3)]
    [InlineData("e\u0301", 1)]
    [InlineData("\U0001F600\U0001F600", 2)]
    [InlineData("\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466", 1)]
    [InlineData("\U0001F1E9\U0001F1EA\U0001F1EB\U0001F1F7", 2)]
    [InlineData("\U0001F44D\U0001F3FD", 1)]
    [InlineData("\u2764\uFE0F", 1)]
    [InlineData("\uD55C\uAE00", 2)]
    [InlineData("a\r\nb", 3)]
    public void Characters_are_grapheme_clusters(string text, int count) => Assert.Equal(count, Characters.Count(text));
}
