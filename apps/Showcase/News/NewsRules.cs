using System.Text.RegularExpressions;
using Duplex.Messaging.Errors;
using Showcase.Conversations;
using Showcase.News.Feeds;
using Showcase.News.Stories;

namespace Showcase.News;

/// <summary>Validates the parameters of the wire's calls. Each method returns the valid value or throws.</summary>
internal static partial class NewsRules
{
    private const int MaxHidden = 100, MaxMarks = 100, MaxSource = 40, MaxPage = 50, MaxReason = 140, MaxSearch = 100, MaxWords = 8;

    public static Choice Chosen(IReadOnlyList<string>? topics, IReadOnlyList<string>? hidden)
    {
        if (topics?.Any(static topic => !Topics.All.Contains(topic)) == true || topics?.Count > Topics.All.Count) throw NoTopic();
        return hidden is null || (hidden.Count <= MaxHidden && hidden.All(static source => source is { Length: > 0 and <= MaxSource })) ? new(topics, hidden)
            : throw new ClientException(400, $"hidden must have at most {MaxHidden} ids of sources.");
    }

    public static int Limit(int? limit) => limit is null or (> 0 and <= MaxPage) ? limit ?? MaxPage : throw new ClientException(400, $"limit must be 1 to {MaxPage}.");

    public static string Topic(string? topic) => topic is not null && Topics.All.Contains(topic) ? topic : throw NoTopic();

    public static string Title(string? title) => Text("title", title, 1, FeedReader.MaxTitle);

    public static string Summary(string? summary) => Text("summary", summary ?? "", 0, FeedReader.MaxSummary);

    public static string Reason(string? reason) => Text("reason", reason, 1, MaxReason);

    public static Story Own(StoryStore store, long? id, string user)
    {
        var story = store.Find(id ?? 0) ?? throw new ClientException(404, "There is no such story.");
        return story.User == user ? story : throw new ClientException(403, "Only the author changes a story.");
    }

    public static Mark Mark(MarkParams mark) =>
        mark is { Ids: { Count: > 0 and <= MaxMarks } ids, IsRead: { } isRead } && ids.All(static id => id > 0) ? new(ids, isRead)
            : throw new ClientException(400, $"ids must have 1 to {MaxMarks} ids of stories, and isRead must state whether they are read.");

    public static IReadOnlyList<string> Words(string? text)
    {
        var words = text is { Length: <= MaxSearch } ? Word().Matches(text).Select(static match => match.Value).Take(MaxWords).ToList() : [];
        return words.Count > 0 ? words : throw new ClientException(400, $"text must contain a word and have at most {MaxSearch} characters.");
    }

    // The text of visitors becomes one line, as that of feeds does.
    private static string Text(string name, string? text, int min, int max)
    {
        var line = text is null || text.Length > max * 2 ? null : PlainText.OfText(text, int.MaxValue);
        return line is not null && Characters.Count(line) is var count && count >= min && count <= max && line.Length <= max * 2 ? line
            : throw new ClientException(400, $"{name} must have {min} to {max} characters.");
    }

    private static ClientException NoTopic() => new(400, $"There is no such topic: give some of {string.Join(", ", Topics.All)}.");

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+")]
    private static partial Regex Word();
}
