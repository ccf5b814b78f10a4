namespace Showcase.Social.Notifications;

/// <summary>Names a notification: all that others do of one kind with one post is gathered in one.</summary>
/// <param name="Owner">The person who receives it.</param>
/// <param name="Kind">What others have done.</param>
/// <param name="Post">The post; 0 for followers.</param>
public sealed record NotificationKey(string Owner, NotificationKind Kind, long Post);
