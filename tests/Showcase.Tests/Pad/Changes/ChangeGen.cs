using System.Text;
using CsCheck;
using Showcase.Pad.Changes;

namespace Showcase.Tests.Pad.Changes;

/// <summary>Generates texts and changes of them that divide no surrogate pair.</summary>
internal static class ChangeGen
{
    private static readonly Gen<string> Piece = Gen.Int[0, 5].Select(static index => ((string[])["a", "b", "ö", "\n", "😀", "👩‍👩‍👧"])[index]);

    public static Gen<string> Text { get; } = Piece.Array[0, 12].Select(static pieces => string.Concat(pieces));

    public static Gen<ChangeSet> Of(string text) => Gen.Int[0, 3].Array[0, 8].SelectMany(kinds => Piece.Array[0, 3].Array[kinds.Length].Select(inserts =>
    {
        var sections = new SectionBuilder();
        var at = 0;
        for (var i = 0; i < kinds.Length; i++)
        {
            var end = Whole(text, Math.Min(text.Length, at + kinds[i]));
            sections.Add(end - at, inserts[i].Length == 3 ? null : string.Concat(inserts[i]));
            at = end;
        }

        sections.Add(text.Length - at, null);
        return sections.Build();
    }));

    private static int Whole(string text, int at) =>
        at > 0 && at < text.Length && char.IsSurrogatePair(text[at - 1], text[at]) ? at + 1 : at;

    public static string Show(ChangeSet changes)
    {
        var shown = new StringBuilder();
        foreach (var section in changes.Sections) shown.Append(section.Text is null ? $"{section.Length} " : $"[{section.Length},'{section.Text}'] ");
        return shown.ToString();
    }
}
