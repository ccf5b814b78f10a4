namespace Showcase.Pad.Changes;

/// <summary>Reads the sections of a change set piece by piece, measured in the old text or in the new one.</summary>
internal struct SectionReader
{
    private readonly IReadOnlyList<Section> _sections;

    /// <summary>Creates a reader at the first section.</summary>
    public SectionReader(ChangeSet changes)
    {
        _sections = changes.Sections;
        Index = -1;
        Next();
    }

    /// <summary>The index of the current section.</summary>
    public int Index { get; private set; }

    /// <summary>The number of units read of the current section, in the text in which it is measured.</summary>
    public int Offset { get; private set; }

    /// <summary>The number of units of the old text that are left of the current section.</summary>
    public int Length { get; private set; }

    /// <summary>The number of units of the new text that are left of the current section; only advanced by <see cref="SkipNew"/>.</summary>
    public int NewLength { get; private set; }

    /// <summary>Whether all sections have been read.</summary>
    public readonly bool IsDone => Index >= _sections.Count;

    /// <summary>The whole text of the current section; null where the old text is retained.</summary>
    public readonly string? Text => IsDone ? null : _sections[Index].Text;

    /// <summary>Whether the current section retains the old text.</summary>
    public readonly bool IsRetained => !IsDone && Text is null;

    /// <summary>Whether the current section deletes or replaces.</summary>
    public readonly bool IsChange => Text is not null;

    /// <summary>Moves to the next section.</summary>
    public void Next()
    {
        Index++;
        Offset = 0;
        (Length, NewLength) = IsDone ? (0, 0) : (_sections[Index].Length, _sections[Index].NewLength);
    }

    /// <summary>Skips units of the old text within the current section.</summary>
    public void Skip(int length)
    {
        if (length == Length)
        {
            Next();
            return;
        }

        Length -= length;
        Offset += length;
        if (IsRetained) NewLength = Length;
    }

    /// <summary>Skips units of the new text within the current section.</summary>
    public void SkipNew(int length)
    {
        if (IsRetained)
        {
            Skip(length);
        }
        else if (length == NewLength)
        {
            Next();
        }
        else
        {
            NewLength -= length;
            Offset += length;
        }
    }
}
