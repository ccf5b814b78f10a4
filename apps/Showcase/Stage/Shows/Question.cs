namespace Showcase.Stage.Shows;

/// <summary>A question of the audience.</summary>
/// <param name="Id">The number of the question on its stage.</param>
/// <param name="User">The author's id.</param>
/// <param name="Name">The author's name.</param>
/// <param name="Text">The text.</param>
/// <param name="Time">The time at which it was asked, in Unix milliseconds.</param>
/// <param name="ClientId">The id that the author's page generated.</param>
/// <param name="Status">The state of the answer.</param>
/// <param name="Votes">The number of people who voted for it.</param>
internal sealed record Question(long Id, string User, string Name, string Text, long Time, string ClientId, QuestionStatus Status, long Votes);
