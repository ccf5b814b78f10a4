using System.Globalization;

namespace Showcase.Conversations;

/// <summary>Counts characters as people do: grapheme clusters (Unicode TS 29), such as an emoji of four people.</summary>
public static class Characters
{
    /// <summary>Returns the number of grapheme clusters of a text.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (; text.Length > 0; count++) text = text[StringInfo.GetNextTextElementLength(text)..];
        return count;
    }
}
