using Showcase.Social.Notifications;
using Showcase.Social.People;
using Showcase.Social.Posts;
using Showcase.Storage;

namespace Showcase.Social;

/// <summary>The posts, relations and notifications of the square. They must be used within a turn.</summary>
public sealed class SocialStore : Store
{
    /// <summary>Opens the database in a folder, and removes posts beyond the limit.</summary>
    public SocialStore(string folder, SocialOptions options)
        : base(folder, "social.db", "The square")
    {
        // The likes, reposts and earlier texts of a post are removed with it.
        Database.Execute("PRAGMA foreign_keys = ON");
        Relations = new Relations(Database, options.MaxRelations);
        Posts = new PostLog(Database, options.MaxPosts, options.MaxMarks);
        Timelines = new Timelines(Database, Posts);
        Notifications = new NotificationLog(Database);
        Database.Shrink();
    }

    /// <summary>The posts and replies.</summary>
    public PostLog Posts { get; }

    /// <summary>The timelines of the posts.</summary>
    public Timelines Timelines { get; }

    /// <summary>Who follows, mutes and blocks whom.</summary>
    public Relations Relations { get; }

    /// <summary>The notifications.</summary>
    public NotificationLog Notifications { get; }

    /// <summary>Stores all changes of a function or, when it throws, none.</summary>
    public T Write<T>(Func<T> function) => Database.Transaction(function);
}
