using Showcase.Visitors;

namespace Showcase.Tests.Visitors;

public sealed class VisitorNameTests
{
    [Theory]
    [InlineData("Ada Lovelace", "Ada Lovelace")]
    [InlineData("  Ada   Lovelace ", "Ada Lovelace")]
    [InlineData("Ada\u202Eecalevol", "Adaecalevol")]
    [InlineData("A\u200Bd\u2060a\uFEFF", "Ada")]
    [InlineData("\u2066Ada\u2069", "Ada")]
    [InlineData("A\u0007da\n", "Ada")]
    [InlineData("Ada\u3164", "Ada")]
    [InlineData("Ad\u00E9", "Ad\u00E9")]
    [InlineData("A\u0301\u0302\u0303\u0304\u0305da", "Ada")]
    [InlineData("वेंकट", "वेंकट")]
    [InlineData("محمد", "محمد")]
    [InlineData("❤\uFE0F", "❤")]
    [InlineData("\uD83D\uDE00", "\uD83D\uDE00")]
    public void A_name_is_shown_without_what_cannot_be_seen(string chosen, string shown) => Assert.Equal(shown, VisitorName.Shown(chosen));

    [Theory]
    [InlineData("\u202E\u200B")]
    [InlineData("\u3164 \u2800")]
    [InlineData("\u0301")]
    [InlineData("123456789012345678901234567890123")]
    public void A_name_of_nothing_or_too_much_is_none(string chosen) => Assert.Null(VisitorName.Shown(chosen));

    [Theory]
    [InlineData("Ada", "ADA")]
    [InlineData("Ada", "A da")]
    [InlineData("Ada", "\u0410d\u0430")]
    [InlineData("Ada", "\uFF21\uFF44\uFF41")]
    [InlineData("Ada", "\U0001D400\U0001D41D\U0001D41A")]
    [InlineData("Bill", "BiII")]
    [InlineData("Bob", "B0b")]
    [InlineData("Arno", "Amo")]
    public void Names_that_look_alike_have_one_skeleton(string name, string other) =>
        Assert.Equal(VisitorName.Skeleton(name), VisitorName.Skeleton(other));

    [Theory]
    [InlineData("Ada", "Eda")]
    [InlineData("Ada", "Ada 2")]
    [InlineData("Анна", "Инна")]
    public void Names_that_look_different_have_different_skeletons(string name, string other) =>
        Assert.NotEqual(VisitorName.Skeleton(name), VisitorName.Skeleton(other));
}
