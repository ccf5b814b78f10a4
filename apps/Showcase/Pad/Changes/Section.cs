namespace Showcase.Pad.Changes;

/// <summary>A section of a change set: a part of the old text that is retained, deleted or replaced.</summary>
/// <param name="Length">The number of UTF-16 units of the old text.</param>
/// <param name="Text">The text that replaces them: null where they are retained, empty where they are deleted.</param>
internal readonly record struct Section(int Length, string? Text)
{
    /// <summary>The number of units of the new text.</summary>
    public int NewLength => Text?.Length ?? Length;
}
