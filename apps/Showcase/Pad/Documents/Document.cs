namespace Showcase.Pad.Documents;

/// <summary>The current state of a document.</summary>
/// <param name="Id">The id, which is part of the address.</param>
/// <param name="Title">The title.</param>
/// <param name="Key">The key that permits to write; null where everyone may.</param>
/// <param name="Changed">The time of the last change, in Unix milliseconds.</param>
/// <param name="Version">The number of updates since the document was created.</param>
/// <param name="Text">The text.</param>
internal sealed record Document(string Id, string Title, string? Key, long Changed, long Version, string Text)
{
    /// <summary>Whether the document is listed and everyone may write.</summary>
    public bool IsOpen => Key is null;

    /// <summary>The <see cref="Push.Size"/> of all updates since the document was created.</summary>
    public long Written { get; init; }

    /// <summary>The version whose text was stored last, and the size of the updates until then.</summary>
    public (long Version, long Written) Stored { get; init; }

    /// <summary>Returns the document after a push for its version.</summary>
    /// <param name="push">The push.</param>
    /// <param name="text">The text after the push.</param>
    public Document After(Push push, string text) => this with { Text = text, Version = push.End, Written = Written + push.Size };
}
