using System.Collections.Immutable;

namespace Showcase.Stage.Shows;

/// <summary>What one person presents on a stage, from the opening to the end. It outlives lost connections and the process.</summary>
/// <param name="Id">The id, which is hard to guess. It is the room of the show's questions in the log of messages.</param>
/// <param name="User">The id of the speaker.</param>
/// <param name="Name">The name of the speaker.</param>
/// <param name="Title">The title.</param>
/// <param name="Slides">The slides in Markdown.</param>
/// <param name="Deck">The number of changes of the slides.</param>
/// <param name="Slide">The index of the slide that is shown.</param>
/// <param name="At">The time in the media, in microseconds, at which the slide was turned; 0 without media.</param>
/// <param name="Poll">The poll; null when there is none.</param>
/// <param name="Marks">The states of the questions that are no longer open.</param>
internal sealed record Show(
    string Id, string User, string Name, string Title, IReadOnlyList<string> Slides, int Deck, int Slide, long At, Poll? Poll,
    ImmutableDictionary<long, QuestionStatus>? Marks)
{
    /// <summary>The state for all viewers.</summary>
    public ShowState State => new(Id, User, Name, Title, Slides.Count, Deck);

    /// <summary>The states of the questions that are no longer open.</summary>
    public ImmutableDictionary<long, QuestionStatus> Marks { get; init; } = Marks ?? ImmutableDictionary<long, QuestionStatus>.Empty;

    /// <summary>Returns the state of a question.</summary>
    public QuestionStatus StatusOf(long question) => Marks.GetValueOrDefault(question);

    /// <summary>Changes the state of a question. One question is being answered at a time: another one becomes answered.</summary>
    public Show Mark(long question, QuestionStatus status)
    {
        var answering = Marks.Where(mark => status == QuestionStatus.Answering && mark.Value == status);
        return this with { Marks = Marks.SetItems(answering.Select(static mark => KeyValuePair.Create(mark.Key, QuestionStatus.Answered))).SetItem(question, status) };
    }
}
