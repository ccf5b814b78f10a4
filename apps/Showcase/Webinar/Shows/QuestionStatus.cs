namespace Showcase.Webinar.Shows;

/// <summary>The state of the answer to a question.</summary>
internal enum QuestionStatus
{
    Open,
    Answering,
    Answered,
    Removed,
}
