namespace Showcase.Pad.Changes;

/// <summary>Collects the sections of a change set and joins neighbours that are one section in the normal form.</summary>
internal sealed class SectionBuilder
{
    private readonly List<Section> _sections = [];

    /// <summary>The number of sections.</summary>
    public int Count => _sections.Count;

    /// <summary>Adds a section. With <paramref name="isSame"/> it belongs to the change that was added last.</summary>
    public void Add(int length, string? text, bool isSame = false)
    {
        if (length == 0 && string.IsNullOrEmpty(text)) return;
        if (_sections.Count == 0)
        {
            _sections.Add(new(length, text));
            return;
        }

        var last = _sections[^1];
        if ((text is null && last.Text is null) || (text is { Length: 0 } && last.Text is { Length: 0 })) _sections[^1] = last with { Length = last.Length + length };
        else if (isSame || (length == 0 && last.Length == 0)) _sections[^1] = new(last.Length + length, last.Text + text);
        else _sections.Add(new(length, text));
    }

    /// <summary>Returns the change set.</summary>
    public ChangeSet Build() => new(_sections);
}
