using System.Globalization;
using System.Text;

namespace Showcase.Visitors;

/// <summary>Sanitizes chosen names for display and detects names that look alike.</summary>
public static class VisitorName
{
    /// <summary>The maximum length of a name in UTF-16 code units.</summary>
    public const int MaxLength = 32;

    /// <summary>The name of messages that the showcase wrote. A visitor who chooses it gets a suffix.</summary>
    public const string Showcase = "Showcase";

    private const int MaxMarksInARow = 3;
    private const char FirstFullWidth = '\uFF01', LastFullWidth = '\uFF5E', FullWidthOffset = '\uFEE0';
    private const int FirstMathematical = 0x1D400, LastMathematical = 0x1D6A3;

    // Letters of other scripts, digits and signs, each followed by the Latin letter that it resembles (Unicode TS 39).
    private const string Lookalikes =
        "аaвbеeёeкkмmнhоoрpсcтtуyхxіiїiјjѕsһhԁdԛqԝwӏlαaβbεeηnιiκkνvοoρpτtυuχxωwıi0o1l|l!l";

    // Letters and symbols that are invisible although their categories are visible ones: Hangul fillers, the empty Braille cell.
    private const string Blanks = "\u115F\u1160\u2800\u3164\uFFA0";

    // Invisible marks, and marks that compose with a letter to a character that also exists precomposed ("e" and an acute
    // accent). Without them, no two encodings of a name look the same. The marks of Indic and other scripts remain.
    private static readonly (int First, int Last)[] RemovedMarks =
    [
        (0x0300, 0x036F), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF),
        (0x20D0, 0x20FF), (0xFE00, 0xFE0F), (0xFE20, 0xFE2F), (0xE0100, 0xE01EF),
    ];

    /// <summary>
    /// Returns the display form of a chosen name, without control and format characters, which could reverse the text around
    /// them or hide a difference, and with single spaces. Null when it is empty or longer than <see cref="MaxLength"/>.
    /// </summary>
    public static string? Shown(string chosen)
    {
        var shown = new StringBuilder();
        var marks = 0;
        foreach (var rune in chosen.EnumerateRunes())
        {
            if (IsRemoved(rune)) continue;
            var category = Rune.GetUnicodeCategory(rune);
            marks = IsMark(category) ? marks + 1 : 0;
            if (Rune.IsWhiteSpace(rune) || IsBlank(rune))
            {
                if (shown.Length > 0 && shown[^1] != ' ') shown.Append(' ');
            }
            else if (IsVisible(category) && marks <= MaxMarksInARow && (marks == 0 || shown.Length > 0))
            {
                shown.Append(rune);
            }
        }

        if (shown.Length > 0 && shown[^1] == ' ') shown.Length--;
        return shown.Length is >= 1 and <= MaxLength ? shown.ToString() : null;
    }

    /// <summary>Returns a key that is equal for names that look alike: case, spaces and lookalike characters are ignored.</summary>
    public static string Skeleton(string shown)
    {
        var skeleton = new StringBuilder();
        foreach (var rune in shown.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune)) continue;
            var plain = Rune.ToLowerInvariant(Plain(rune));
            skeleton.Append(plain.IsBmp && Lookalike((char)plain.Value) is { } latin ? latin : plain);
        }

        return skeleton.Replace("rn", "m").Replace("i", "l").Replace("vv", "w").ToString();
    }

    private static bool IsVisible(UnicodeCategory category) => category is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static bool IsMark(UnicodeCategory category) =>
        category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsRemoved(Rune rune) => Array.Exists(RemovedMarks, range => rune.Value >= range.First && rune.Value <= range.Last);

    private static bool IsBlank(Rune rune) => rune.IsBmp && Blanks.Contains((char)rune.Value, StringComparison.Ordinal);

    // Full-width and mathematical letters are variants of Latin letters: 26 capital and 26 small letters alternate.
    private static Rune Plain(Rune rune) => rune.Value switch
    {
        >= FirstFullWidth and <= LastFullWidth => new Rune((char)(rune.Value - FullWidthOffset)),
        >= FirstMathematical and <= LastMathematical => new Rune((char)('a' + ((rune.Value - FirstMathematical) % 26))),
        _ => rune,
    };

    private static char? Lookalike(char letter)
    {
        for (var i = 0; i < Lookalikes.Length; i += 2)
            if (Lookalikes[i] == letter) return Lookalikes[i + 1];
        return null;
    }
}
