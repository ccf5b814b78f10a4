using System.Text.Json;
using System.Text.Json.Serialization;
using Showcase.Conversations;
using Showcase.Social.Notifications;
using Showcase.Social.People;
using Showcase.Social.Posts;

namespace Showcase.Social;

// The messages on the wire, which docs/protocol/social.md lists.

public sealed record SinceData(long? After, int? Limit = null);

public sealed record PageParams(string? Of, long? Before, long? After);

public sealed record PostEvent(Entry Entry);

public sealed record ChangeEvent(string Type, long Id, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] Post? Post = null);

public sealed record ThreadData(Post Root, IReadOnlyList<Post> Replies, bool More);

public sealed record RepliesParams(long? Thread, long? Before);

public sealed record RepliesResult(IReadOnlyList<Post> Replies, bool More);

public sealed record OwnData(IReadOnlyList<Relation> Relations);

public sealed record OwnEvent(
    string Type, bool On, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long Post = 0,
    [property: JsonPropertyName("v"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long Version = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] Relation? Relation = null);

public sealed record NotificationsData(IReadOnlyList<Notification> Notifications, long Read);

public sealed record NotificationEvent(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] Notification? Notification,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long Read = 0);

public sealed record SeqParams(long? Seq);

public sealed record SeqResult(long Read);

public sealed record WriteParams(string? Text, string? ClientId, long? ReplyTo = null);

public sealed record PostResult(Post Post);

public sealed record EditParams(long? Post, string? Text);

public sealed record IdParams(long? Post);

public sealed record IdsParams(IReadOnlyList<long>? Posts);

public sealed record PostsResult(IReadOnlyList<Post> Posts);

public sealed record VersionsResult(IReadOnlyList<PostVersion> Versions);

public sealed record StateParams(long? Post, bool? On);

public sealed record StateResult(bool On, Counts Counts);

public sealed record RelateParams(string? User, bool? On);

public sealed record RelateResult(bool On, Relation Relation);

public sealed record UserParams(string? User);

public sealed record Profile(string User, string Name, bool Bot, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? About, long Following, long Followers);

/// <summary>The JSON serialization of the messages of the square, generated at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SinceData))]
[JsonSerializable(typeof(PageParams))]
[JsonSerializable(typeof(Page))]
[JsonSerializable(typeof(PostEvent))]
[JsonSerializable(typeof(ChangeEvent))]
[JsonSerializable(typeof(ThreadData))]
[JsonSerializable(typeof(RepliesParams))]
[JsonSerializable(typeof(RepliesResult))]
[JsonSerializable(typeof(OwnData))]
[JsonSerializable(typeof(OwnEvent))]
[JsonSerializable(typeof(NotificationsData))]
[JsonSerializable(typeof(NotificationEvent))]
[JsonSerializable(typeof(SeqParams))]
[JsonSerializable(typeof(SeqResult))]
[JsonSerializable(typeof(WriteParams))]
[JsonSerializable(typeof(PostResult))]
[JsonSerializable(typeof(EditParams))]
[JsonSerializable(typeof(IdParams))]
[JsonSerializable(typeof(IdsParams))]
[JsonSerializable(typeof(PostsResult))]
[JsonSerializable(typeof(VersionsResult))]
[JsonSerializable(typeof(StateParams))]
[JsonSerializable(typeof(StateResult))]
[JsonSerializable(typeof(RelateParams))]
[JsonSerializable(typeof(RelateResult))]
[JsonSerializable(typeof(UserParams))]
[JsonSerializable(typeof(Profile))]
[JsonSerializable(typeof(Counts))]
[JsonSerializable(typeof(Typing))]
[JsonSerializable(typeof(IReadOnlyList<Trend>))]
internal sealed partial class SocialJson : JsonSerializerContext;
