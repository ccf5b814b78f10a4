using System.Text.Json;
using System.Text.Json.Serialization;
using Showcase.News.Feeds;
using Showcase.News.Stories;

namespace Showcase.News;

// The messages on the wire, which docs/protocol/news.md lists.

public sealed record StoryEvent(string Type, Story Story);

public sealed record StoriesData(IReadOnlyList<Story> Stories, bool More);

public sealed record PageParams(IReadOnlyList<string>? Topics, IReadOnlyList<string>? Hidden, int? Limit, long? Time, long? Id);

public sealed record SearchParams(string? Text);

public sealed record MarkParams(IReadOnlyList<long>? Ids, bool? IsRead);

public sealed record WriteParams(string? ClientId, string? Title, string? Summary, string? Topic, bool? Breaking);

public sealed record CorrectParams(long? Id, long? Revision, string? Title, string? Summary);

public sealed record RetractParams(long? Id, string? Reason);

public sealed record StoryResult(Story Story);

public sealed record CorrectResult(Story Story, bool IsStored);

public sealed record MarksData(IReadOnlyList<long> Read);

/// <summary>The JSON serialization of the wire's messages, generated at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(StoryEvent))]
[JsonSerializable(typeof(StoriesData))]
[JsonSerializable(typeof(PageParams))]
[JsonSerializable(typeof(SearchParams))]
[JsonSerializable(typeof(MarkParams))]
[JsonSerializable(typeof(Mark))]
[JsonSerializable(typeof(WriteParams))]
[JsonSerializable(typeof(CorrectParams))]
[JsonSerializable(typeof(RetractParams))]
[JsonSerializable(typeof(StoryResult))]
[JsonSerializable(typeof(CorrectResult))]
[JsonSerializable(typeof(MarksData))]
[JsonSerializable(typeof(SourceEntry))]
[JsonSerializable(typeof(FetchState))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<long>))]
internal sealed partial class NewsJson : JsonSerializerContext;
