namespace Showcase.Pad.Documents;

/// <summary>The current state of a document.</summary>
/// <param name="Id">The id, which is part of the address.</param>
/// <param name="Title">The title.</param>
/// <param name="Key">The key that permits to write; null where everyone may.</param>
/// <param name="Version">The number of updates since the document was created.</param>
/// <param name="Text">The text.</param>
/// <param name="Changed">The time of the last change, in Unix milliseconds.</param>
internal sealed record Document(string Id, string Title, string? Key, long Version, string Text, long Changed)
{
    /// <summary>Whether the document is listed and everyone may write.</summary>
    public bool IsOpen => Key is null;
}
