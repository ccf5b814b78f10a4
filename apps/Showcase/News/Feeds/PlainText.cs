using System.Globalization;
using System.Net;
using System.Text;

namespace Showcase.News.Feeds;

/// <summary>Makes plain text of the HTML in feeds: no element and no entity remains, and no script or style.</summary>
internal static class PlainText
{
    private static readonly string[] Unread = ["script", "style", "template", "noscript", "iframe", "svg", "math", "object"];
    private static readonly string[] Inline = ["a", "abbr", "b", "bdi", "cite", "code", "em", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u", "wbr"];

    /// <summary>Returns the text of HTML on one line, cut to a maximum number of characters.</summary>
    public static string OfHtml(string html, int max) => OfText(WebUtility.HtmlDecode(WithoutTags(html)), max);

    /// <summary>Returns a text on one line, cut to a maximum number of characters.</summary>
    public static string OfText(string text, int max)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune)) line.Append(line.Length > 0 && line[^1] != ' ' ? " " : "");
            else if (!IsInvisible(rune)) line.Append(rune.ToString());
        }

        return Cut(line.ToString().Trim(), max);
    }

    // WHATWG HTML 13.2.5.6: "<" begins a tag only before a letter, "/", "!" or "?".
    private static string WithoutTags(string html)
    {
        var text = new StringBuilder(html.Length);
        var at = 0;
        while (at < html.Length)
        {
            if (html[at] != '<' || at + 1 == html.Length || !(char.IsAsciiLetter(html[at + 1]) || html[at + 1] is '/' or '!' or '?'))
            {
                text.Append(html[at++]);
                continue;
            }

            var isComment = html.AsSpan(at).StartsWith("<!--");
            var end = isComment ? After(html, "-->", at + 4) : AfterTag(html, at);
            var name = NameAt(html, at + 1);
            at = Unread.Contains(name) ? After(html, ">", After(html, $"</{name}", end)) : end;
            if (!isComment && !Inline.Contains(name.TrimStart('/'))) text.Append(' ');
        }

        return text.ToString();
    }

    private static string NameAt(string html, int start)
    {
        var end = start;
        while (end < html.Length && (char.IsAsciiLetterOrDigit(html[end]) || (end == start && html[end] == '/'))) end++;
        return html[start..end].ToLowerInvariant();
    }

    private static int AfterTag(string html, int start)
    {
        for (var at = start; at < html.Length; at++)
        {
            if (html[at] == '>') return at + 1;
            if (html[at] is '"' or '\'' && html[at - 1] == '=') at = After(html, html[at].ToString(), at + 1) - 1;
        }

        return html.Length;
    }

    private static int After(string html, string mark, int start) =>
        html.IndexOf(mark, Math.Min(start, html.Length), StringComparison.OrdinalIgnoreCase) is >= 0 and var found ? found + mark.Length : html.Length;

    // The joiners are part of words and emoji; marks of direction could reverse what stands beside the text.
    // A noncharacter (Unicode 23.7) is no text, and XML has no form for U+FFFE and U+FFFF (XML 1.0 2.2).
    private static bool IsInvisible(Rune rune) => Rune.IsControl(rune) || (rune.Value & 0xFFFE) == 0xFFFE
        || (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.PrivateUse && rune.Value is not (0x200C or 0x200D));

    private static string Cut(string text, int max)
    {
        if (text.Length <= max) return text;
        var end = 0;
        for (var next = 0; next < max; next += StringInfo.GetNextTextElementLength(text, next)) end = next;
        var space = text.LastIndexOf(' ', end);
        return $"{text[..(space > max / 2 ? space : end)].TrimEnd()}…";
    }
}
