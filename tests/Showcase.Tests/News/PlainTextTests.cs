using Showcase.News.Feeds;

namespace Showcase.Tests.News;

/// <summary>What remains of the HTML in feeds.</summary>
public sealed class PlainTextTests
{
    [Theory]
    [InlineData("<p>One</p><p>Two</p>", "One Two")]
    [InlineData("un<b>break</b>able", "unbreakable")]
    [InlineData("one<br/>two<hr>three", "one two three")]
    [InlineData("Fish &amp; chips &lt;3 &#8364;5 &nbsp; now", "Fish & chips <3 €5 now")]
    [InlineData("a < b and c > d", "a < b and c > d")]
    [InlineData("1<2", "1<2")]
    [InlineData("before<!-- a <b>comment</b> -->after", "beforeafter")]
    [InlineData("<a title='a > b' href=x>link</a>", "link")]
    [InlineData("<scr<script>ipt>text</script>", "ipt>text")]
    [InlineData("one<script>alert(1)</script >two", "one two")]
    [InlineData("end <img src=x", "end")]
    [InlineData("tab\tand\r\nline", "tab and line")]
    [InlineData("reversed \u202Etxt\u202C, bell \a, zero \u200Bwidth", "reversed txt, bell , zero width")]
    [InlineData("non&#65535;char&#xFFFE;act&#x1FFFF;ers", "noncharacters")]
    [InlineData("👩‍👩‍👧 stays", "👩‍👩‍👧 stays")]
    [InlineData("", "")]
    public void Html_becomes_a_line_of_text(string html, string text) => Assert.Equal(text, PlainText.OfHtml(html, 500));

    [Theory]
    [MemberData(nameof(Scripts))]
    public void No_element_and_no_script_remains(string html)
    {
        var text = PlainText.OfHtml($"before {html} after", 5000);

        Assert.StartsWith("before", text, StringComparison.Ordinal);
        Assert.DoesNotContain("alert", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("<[a-zA-Z/!?]", text);
    }

    public static TheoryData<string> Scripts => new(
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//example.com/alert.js></SCRIPT>",
        "<script >alert(1)</script >",
        "<script\n>alert(1)</script\n>",
        "<img src=x onerror=alert(1)>",
        "<img src='x' onerror=\"alert('>')\">",
        "<svg onload=alert(1)></svg>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mi xlink:href=\"javascript:alert(1)\">x</mi></math>",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
        "<a href=\"javascript:alert(1)\">link</a>",
        "<a href='jav&#x09;ascript:alert(1)'>link</a>",
        "<style>@import 'javascript:alert(1)';</style>",
        "<template><script>alert(1)</script></template>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
        "<object data=\"data:text/html,<script>alert(1)</script>\"></object>",
        "<!--[if IE]><script>alert(1)</script><![endif]-->",
        "<?xml-stylesheet href='javascript:alert(1)'?>",
        "<input autofocus onfocus=alert(1)",
        "<script>alert(1)",
        "<body/onload=alert(1)>");

    [Fact]
    public void A_text_that_is_too_long_ends_at_a_word()
    {
        var text = PlainText.OfText(string.Join(' ', Enumerable.Repeat("words", 100)), 50);

        Assert.EndsWith("words…", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 40, 51);
    }

    [Fact]
    public void A_text_is_never_cut_within_a_character()
    {
        var text = PlainText.OfText(string.Concat(Enumerable.Repeat("👩‍👩‍👧", 40)), 50);

        Assert.Equal("", text.Replace("👩‍👩‍👧", "", StringComparison.Ordinal).Replace("…", "", StringComparison.Ordinal));
    }
}
