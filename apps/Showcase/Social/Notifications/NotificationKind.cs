using System.Text.Json.Serialization;
using Showcase.Hosting;

namespace Showcase.Social.Notifications;

/// <summary>What others have done.</summary>
[JsonConverter(typeof(CamelCaseEnum<NotificationKind>))]
public enum NotificationKind
{
    /// <summary>They like a post.</summary>
    Like,

    /// <summary>They have reposted a post.</summary>
    Repost,

    /// <summary>They have replied to a post.</summary>
    Reply,

    /// <summary>They follow the person.</summary>
    Follow,
}
