using System.Text.Json.Serialization;
using Showcase.Hosting;

namespace Showcase.Stage.Shows;

/// <summary>The state of the answer to a question.</summary>
[JsonConverter(typeof(CamelCaseEnum<QuestionStatus>))]
internal enum QuestionStatus
{
    Open,
    Answering,
    Answered,
    Removed,
}
