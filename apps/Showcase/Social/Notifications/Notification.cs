namespace Showcase.Social.Notifications;

/// <summary>A notification: "Ada and 212 others liked your post".</summary>
/// <param name="Kind">What others have done.</param>
/// <param name="Post">The post; 0 for followers.</param>
/// <param name="Count">The number of people who have done it; 0 when all have withdrawn it.</param>
/// <param name="Name">The name of the latest of them.</param>
/// <param name="Text">The beginning of the post.</param>
/// <param name="Seq">The place in the order of notifications, which read markers name.</param>
/// <param name="Time">The time of the latest act, in Unix milliseconds.</param>
public sealed record Notification(NotificationKind Kind, long Post, long Count, string Name, string Text, long Seq, long Time);
