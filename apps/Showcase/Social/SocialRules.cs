using Duplex.Messaging.Errors;
using Showcase.Conversations;
using Showcase.Social.People;
using Showcase.Social.Posts;
using Showcase.Visitors;

namespace Showcase.Social;

/// <summary>Validates the parameters of the calls. Each method returns the valid value or throws.</summary>
internal static class SocialRules
{
    public const int MaxText = 300, MaxBytes = 900, MaxFollows = 2000, MaxHidden = 500, MaxMarks = 5000, MaxVersions = 20, MaxIds = 200;
    private const int MaxUser = 64;

    public static string Text(string? text) => MessageText.Checked(text, MaxText, MaxBytes);

    public static long Id(long? id) => id is > 0 ? id.Value
        : throw new ClientException(400, "The id of a post is a number above 0.");

    public static int Limit(int? limit) => limit is null ? SocialEndpoints.PageSize : limit is >= 1 and <= SocialEndpoints.PageSize ? limit.Value
        : throw new ClientException(400, $"limit must be 1 to {SocialEndpoints.PageSize}.");

    public static bool On(bool? on) => on ?? throw new ClientException(400, "on must be true or false.");

    public static IReadOnlyList<long> Ids(IReadOnlyList<long>? ids) => ids is { Count: >= 1 and <= MaxIds } ? ids
        : throw new ClientException(400, $"posts must have 1 to {MaxIds} ids.");

    public static string User(string? user) => user is { Length: >= 1 and <= MaxUser } ? user
        : throw new ClientException(400, $"user must have 1 to {MaxUser} characters.");

    public static TimelineOf Timeline(string? of, Visitor reader) => of switch
    {
        "all" => TimelineOf.All,
        "home" when reader.User.Length > 0 => TimelineOf.Home,
        "home" => throw new ClientException(401, "Connect with a key to have a home timeline."),
        ['@', .. var user] => new() { User = User(user) },
        ['#', .. var tag] when Tags.IsTag(tag) => new() { Tag = tag.ToLowerInvariant() },
        _ => throw new ClientException(400, "of must be all, home, @ with a user or # with a tag."),
    };

    /// <summary>Returns a post that a visitor may read, and that was not deleted.</summary>
    public static Post Readable(SocialStore store, long? id, string reader)
    {
        var post = store.Posts.Find(Id(id), reader) ?? throw new ClientException(404, "There is no such post.");
        if (post.Deleted) throw new ClientException(410, "The post was deleted.");
        return store.Relations.AreBlocked(reader, post.User) ? throw new ClientException(403, "One of you has blocked the other.") : post;
    }

    public static Post Own(SocialStore store, long? id, string user) => Readable(store, id, user) is var post && post.User == user ? post
        : throw new ClientException(403, "Only the author can change a post.");

    public static Post Repostable(SocialStore store, long? id, string user)
    {
        var post = Readable(store, id, user);
        if (post.User == user) throw new ClientException(400, "Your own post is in the timelines already.");
        return post.Thread is null ? post : throw new ClientException(400, "A reply cannot be reposted: repost the post with which its thread begins.");
    }

    /// <summary>Checks the limits before a person likes or reposts a further post.</summary>
    public static void CheckRoom(SocialStore store, string user)
    {
        if (store.Posts.MarksOf(user) >= MaxMarks) throw new ClientException(400, $"You have reached the maximum of {MaxMarks} likes and reposts.");
        if (store.Posts.IsFull) throw new ClientException(429, "The square keeps no further likes and reposts: try again later.", isTemporary: true);
    }

    /// <summary>Returns the post with which a thread begins, deleted or not.</summary>
    public static Post Thread(SocialStore store, long id, string reader) => store.Posts.Find(id, reader) is { Thread: null } root ? root
        : throw new ClientException(404, "There is no such thread.");

    /// <summary>Returns the relation to a person, and checks its limit when it is added.</summary>
    public static Relation Relation(SocialStore store, RelationKind kind, string user, string? other, bool on)
    {
        if (User(other) == user) throw new ClientException(400, "This is you.");
        var relation = new Relation(kind, other!, store.Posts.NameOf(other!) ?? throw new ClientException(404, "There is no such person."));
        if (!on || store.Relations.Has(user, kind, other!)) return relation;
        if (kind == RelationKind.Follow && store.Relations.AreBlocked(user, other!)) throw new ClientException(403, "One of you has blocked the other.");
        var max = kind == RelationKind.Follow ? MaxFollows : MaxHidden;
        if (store.Relations.CountOf(user, kind) >= max) throw new ClientException(400, $"You have reached the maximum of {max} people.");
        if (store.Relations.IsFull) throw new ClientException(429, "The square keeps no further relations: try again later.", isTemporary: true);
        return relation;
    }
}
