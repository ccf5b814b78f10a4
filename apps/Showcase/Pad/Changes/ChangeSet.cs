using System.Text;
using System.Text.Json.Serialization;

namespace Showcase.Pad.Changes;

/// <summary>
/// A change of a text, as the change sets of CodeMirror: it covers the whole old text in sections. Lengths are counted in
/// UTF-16 units, as in JavaScript. For two changes of one text, <c>A.Compose(B.Map(A))</c> equals
/// <c>B.Compose(A.Map(B, isBefore: true))</c>. Immutable.
/// </summary>
[JsonConverter(typeof(ChangeSetJson))]
internal sealed class ChangeSet
{
    /// <summary>Creates a change set from its sections.</summary>
    public ChangeSet(IReadOnlyList<Section> sections)
    {
        Sections = sections;
        foreach (var section in sections)
        {
            OldLength += section.Length;
            NewLength += section.NewLength;
            IsEmpty &= section.Text is null;
        }
    }

    /// <summary>The sections.</summary>
    public IReadOnlyList<Section> Sections { get; }

    /// <summary>The length of the text to which the change applies.</summary>
    public int OldLength { get; }

    /// <summary>The length of the changed text.</summary>
    public int NewLength { get; }

    /// <summary>Whether nothing is changed.</summary>
    public bool IsEmpty { get; } = true;

    /// <summary>Returns the change that replaces a part of a text.</summary>
    public static ChangeSet Replace(int oldLength, int from, int length, string text)
    {
        var sections = new SectionBuilder();
        sections.Add(from, null);
        sections.Add(length, text);
        sections.Add(oldLength - from - length, null);
        return sections.Build();
    }

    /// <summary>Returns the changed text.</summary>
    /// <exception cref="ArgumentException">The text has another length than <see cref="OldLength"/>.</exception>
    public string Apply(string text)
    {
        if (text.Length != OldLength) throw new ArgumentException("The change is for a text of another length.", nameof(text));
        var changed = new StringBuilder(NewLength);
        var at = 0;
        foreach (var section in Sections)
        {
            if (section.Text is null) changed.Append(text, at, section.Length);
            else changed.Append(section.Text);
            at += section.Length;
        }

        return changed.ToString();
    }

    /// <summary>Whether every section of a text begins and ends beside whole characters, so that no surrogate pair is divided.</summary>
    public bool KeepsPairs(string text)
    {
        var at = 0;
        foreach (var section in Sections)
        {
            at += section.Length;
            if (at > 0 && at < text.Length && char.IsSurrogatePair(text[at - 1], text[at])) return false;
        }

        return true;
    }

    /// <summary>Returns one change that equals this one followed by another one.</summary>
    /// <exception cref="ArgumentException">The other change is for a text of another length.</exception>
    public ChangeSet Compose(ChangeSet next)
    {
        if (next.OldLength != NewLength) throw new ArgumentException("The change is for a text of another length.", nameof(next));
        if (IsEmpty) return next;
        if (next.IsEmpty) return this;
        var sections = new SectionBuilder();
        var (first, second) = (new SectionReader(this), new SectionReader(next));

        // A change that continues in the next pass is one section, although it is added in pieces.
        var isOpen = false;
        while (!first.IsDone || !second.IsDone)
        {
            if (first.Text is { Length: 0 })
            {
                sections.Add(first.Length, "", isOpen);
                first.Next();
                continue;
            }

            if (!second.IsDone && second.Length == 0)
            {
                sections.Add(0, second.Text, isOpen);
                second.Next();
                continue;
            }

            var length = Math.Min(first.NewLength, second.Length);
            var before = sections.Count;
            var text = second.Offset == 0 ? second.Text : "";
            if (first.IsRetained) sections.Add(length, second.IsRetained ? null : text, isOpen);
            else sections.Add(first.Offset == 0 ? first.Length : 0, second.IsRetained ? first.Text!.Substring(first.Offset, length) : text, isOpen);
            isOpen = ((first.IsChange && first.NewLength > length) || (second.IsChange && second.Length > length)) && (isOpen || sections.Count > before);
            first.SkipNew(length);
            second.Skip(length);
        }

        return sections.Build();
    }

    /// <summary>Returns this change for the text that another change of the same text has changed.</summary>
    /// <param name="other">The other change.</param>
    /// <param name="isBefore">Whether this change is placed before the other one where both insert at one position.</param>
    /// <exception cref="ArgumentException">The other change is for a text of another length.</exception>
    public ChangeSet Map(ChangeSet other, bool isBefore = false)
    {
        if (other.OldLength != OldLength) throw new ArgumentException("The change is for a text of another length.", nameof(other));
        if (other.IsEmpty) return this;
        var sections = new SectionBuilder();
        var (mine, theirs) = (new SectionReader(this), new SectionReader(other));

        // The index of the section of this change whose text has been added: a section may be read in several pieces.
        var added = -1;
        while (!mine.IsDone || !theirs.IsDone)
        {
            if (mine.IsRetained && theirs.IsRetained)
            {
                var length = Math.Min(mine.Length, theirs.Length);
                sections.Add(length, null);
                mine.Skip(length);
                theirs.Skip(length);
            }
            else if (theirs.IsChange && (!mine.IsChange || added == mine.Index || (mine.Offset == 0 && IsFirst(theirs.Length, mine.Length, isBefore))))
            {
                TakeTheirs(ref mine, theirs, sections, ref added);
                theirs.Next();
            }
            else
            {
                TakeMine(ref mine, ref theirs, sections, ref added);
            }
        }

        return sections.Build();
    }

    // Of two changes at one position the shorter one is first, and of two equal ones that of the other change unless this one is placed before it.
    private static bool IsFirst(int theirs, int mine, bool isBefore) => theirs < mine || (theirs == mine && !isBefore);

    // What the other change inserted is retained; of this change, the text of each section that the other change covers.
    private static void TakeTheirs(ref SectionReader mine, SectionReader theirs, SectionBuilder sections, ref int added)
    {
        sections.Add(theirs.Text!.Length, null);
        for (var left = theirs.Length; left > 0;)
        {
            var piece = Math.Min(mine.Length, left);
            if (mine.IsChange && added < mine.Index && mine.Length <= piece)
            {
                sections.Add(0, mine.Text);
                added = mine.Index;
            }

            mine.Skip(piece);
            left -= piece;
        }
    }

    // The part of a section of this change up to the next insertion of the other change.
    private static void TakeMine(ref SectionReader mine, ref SectionReader theirs, SectionBuilder sections, ref int added)
    {
        var (length, left) = (0, mine.Length);
        while (left > 0)
        {
            if (theirs.IsRetained)
            {
                var piece = Math.Min(left, theirs.Length);
                length += piece;
                left -= piece;
                theirs.Skip(piece);
            }
            else if (theirs.Text is { Length: 0 } && theirs.Length < left)
            {
                left -= theirs.Length;
                theirs.Next();
            }
            else
            {
                break;
            }
        }

        var index = mine.Index;
        sections.Add(length, added < index ? mine.Text : "");
        added = index;
        mine.Skip(mine.Length - left);
    }
}
