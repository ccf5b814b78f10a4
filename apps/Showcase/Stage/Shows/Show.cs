namespace Showcase.Stage.Shows;

/// <summary>What one person presents on a stage, from the opening to the end. It outlives lost connections and the process.</summary>
/// <param name="Id">The id, which is hard to guess.</param>
/// <param name="User">The id of the speaker.</param>
/// <param name="Name">The name of the speaker.</param>
/// <param name="Title">The title.</param>
/// <param name="Slides">The slides in Markdown.</param>
/// <param name="Deck">The number of changes of the slides.</param>
/// <param name="Slide">The index of the slide that is shown.</param>
/// <param name="At">The time in the media, in microseconds, at which the slide was turned; 0 without media.</param>
/// <param name="Poll">The poll; null when there is none.</param>
internal sealed record Show(
    string Id, string User, string Name, string Title, IReadOnlyList<string> Slides, int Deck, int Slide, long At, Poll? Poll)
{
    /// <summary>Returns the state for all viewers.</summary>
    public ShowState State => new(Id, User, Name, Title, Slides.Count, Deck);
}
