namespace Showcase.Stage.Shows;

/// <summary>A question of the speaker with options.</summary>
/// <param name="Id">The number of the poll within the show.</param>
/// <param name="Question">The question.</param>
/// <param name="Options">The options.</param>
/// <param name="IsOpen">Whether votes are accepted.</param>
/// <param name="IsShown">Whether everybody receives the results.</param>
internal sealed record Poll(int Id, string Question, IReadOnlyList<string> Options, bool IsOpen, bool IsShown);
