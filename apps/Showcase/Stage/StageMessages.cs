using System.Text.Json;
using System.Text.Json.Serialization;
using Showcase.Conversations;
using Showcase.Stage.Shows;

namespace Showcase.Stage;

// The messages on the wire, which docs/protocol/stage.md lists.

internal sealed record ShowState(string Id, string User, string Name, string Title, int Slides, int Deck);

internal sealed record StageState(ShowState? Show, int Slide, long At, bool IsLive);

internal sealed record StageData(StageState State, IReadOnlyList<StageEntry> Stages, IReadOnlyList<long> Votes);

internal sealed record StageEntry(string Stage, string Title);

internal sealed record ListedStage(string Title, string? Show, string? Name, int Viewers);

internal sealed record DeckResult(int Deck, IReadOnlyList<string> Slides);

internal sealed record QuestionEntry(string User, string Name, string Text, long Time, string ClientId, QuestionStatus Status, long Votes);

internal sealed record PollState(
    int Id, string Question, IReadOnlyList<string> Options, bool IsOpen, bool IsShown, long Total,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<long>? Counts);

internal sealed record PollEvent(PollState? Poll);

internal sealed record PollData(PollState? Poll, long? Choice);

internal sealed record AudienceState(IReadOnlyList<long>? Counts, int Viewers, int Watching, int? Median, int? Slowest, int Slow);

internal sealed record MoodEvent(int Viewers, IReadOnlyList<int> Reactions);

internal sealed record TalkData(IReadOnlyList<Message> Messages);

internal sealed record Pointer(double? X, double? Y);

internal sealed record Hand(string? User, string? Name);

internal sealed record StageParams(string? Stage);

internal sealed record OpenParams(string? Stage, string? Title, IReadOnlyList<string>? Slides, int? Slide, string? Page, bool? TakeOver);

internal sealed record OpenedResult(string Ticket, string Show);

internal sealed record SlideParams(string? Stage, int? Slide, long? At);

internal sealed record AskParams(string? Stage, string? Show, string? Text, string? ClientId);

internal sealed record VoteParams(string? Stage, long? Id, bool? On);

internal sealed record VotedResult(long Votes);

internal sealed record MarkParams(string? Stage, long? Id, string? Status);

internal sealed record OpenPollParams(string? Stage, string? Question, IReadOnlyList<string>? Options);

internal sealed record ChoiceParams(string? Stage, int? Poll, int? Choice);

internal sealed record ChosenResult(long? Choice);

internal sealed record ChangePollParams(string? Stage, bool? IsOpen, bool? IsShown);

internal sealed record ReactParams(string? Stage, string? Kind);

internal sealed record LowerParams(string? Stage, string? Client);

internal sealed record SayParams(string? Stage, string? Text, string? ClientId);

internal sealed record MessagesParams(string? Stage, long? Before);

/// <summary>The JSON serialization of the stage's messages, generated at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Show))]
[JsonSerializable(typeof(StageState))]
[JsonSerializable(typeof(StageData))]
[JsonSerializable(typeof(ListedStage))]
[JsonSerializable(typeof(DeckResult))]
[JsonSerializable(typeof(QuestionEntry))]
[JsonSerializable(typeof(PollEvent))]
[JsonSerializable(typeof(PollData))]
[JsonSerializable(typeof(AudienceState))]
[JsonSerializable(typeof(MoodEvent))]
[JsonSerializable(typeof(TalkData))]
[JsonSerializable(typeof(Message))]
[JsonSerializable(typeof(Pointer))]
[JsonSerializable(typeof(Hand))]
[JsonSerializable(typeof(StageParams))]
[JsonSerializable(typeof(OpenParams))]
[JsonSerializable(typeof(OpenedResult))]
[JsonSerializable(typeof(SlideParams))]
[JsonSerializable(typeof(AskParams))]
[JsonSerializable(typeof(VoteParams))]
[JsonSerializable(typeof(VotedResult))]
[JsonSerializable(typeof(MarkParams))]
[JsonSerializable(typeof(OpenPollParams))]
[JsonSerializable(typeof(ChoiceParams))]
[JsonSerializable(typeof(ChosenResult))]
[JsonSerializable(typeof(ChangePollParams))]
[JsonSerializable(typeof(ReactParams))]
[JsonSerializable(typeof(LowerParams))]
[JsonSerializable(typeof(SayParams))]
[JsonSerializable(typeof(SentResult))]
[JsonSerializable(typeof(MessagesParams))]
[JsonSerializable(typeof(HistoryResult))]
internal sealed partial class StageJson : JsonSerializerContext;
