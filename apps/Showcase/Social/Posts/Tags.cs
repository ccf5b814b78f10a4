using System.Text.RegularExpressions;

namespace Showcase.Social.Posts;

/// <summary>Finds the tags of a text, such as <c>#sleep</c>.</summary>
internal static partial class Tags
{
    private const int Max = 5;

    /// <summary>Returns the first tags of a text in lower case, each once.</summary>
    public static IEnumerable<string> Of(string text) => Pattern().Matches(text).Select(static match => match.Groups[1].Value.ToLowerInvariant()).Distinct().Take(Max);

    /// <summary>Returns whether a text is a tag without its sign.</summary>
    public static bool IsTag(string text) => Pattern().Match($"#{text}") is { Success: true } match && match.Length == text.Length + 1;

    [GeneratedRegex(@"(?<![\p{L}\p{N}_#&/])#([\p{L}\p{N}_]{2,30})(?![\p{L}\p{N}_])")]
    private static partial Regex Pattern();
}
