using Microsoft.Data.Sqlite;
using Showcase.Storage;

namespace Showcase.Social.Posts;

/// <summary>The posts and replies, their likes and reposts, and the numbers of both. It must be used within a turn.</summary>
/// <remarks>A like and a repost are rows that exist or not, and every number is counted from rows: setting a state twice changes nothing.</remarks>
public sealed class PostLog
{
    private const int PruneInterval = 64;
    private const string Select = """
        SELECT p.id, p.user, p.name, p.text, p.time, p.client_id, p.bot, p.reply_to, q.name, p.thread, p.revision, p.edited, p.deleted,
            p.likes, p.reposts, p.replies, p.version,
            EXISTS (SELECT 1 FROM likes WHERE post = p.id AND user = $0),
            EXISTS (SELECT 1 FROM entries WHERE post = p.id AND user = $0 AND id <> p.id)
        FROM posts p LEFT JOIN posts q ON q.id = p.reply_to
        """;

    private readonly Database _database;
    private readonly int _max, _maxMarks;
    private long _marks;

    /// <summary>Creates the tables when they are missing.</summary>
    /// <param name="database">The database.</param>
    /// <param name="max">The maximum number of posts and replies, to which the log is cut now and then.</param>
    /// <param name="maxMarks">The maximum number of likes and reposts of all people.</param>
    public PostLog(Database database, int max, int maxMarks)
    {
        (_database, _max, _maxMarks) = (database, max, maxMarks);
        database.Execute("""
            CREATE TABLE IF NOT EXISTS ids (id INTEGER PRIMARY KEY AUTOINCREMENT) STRICT;
            CREATE TABLE IF NOT EXISTS posts (
                id INTEGER PRIMARY KEY, user TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL, time INTEGER NOT NULL, client_id TEXT NOT NULL,
                bot INTEGER NOT NULL, reply_to INTEGER, thread INTEGER, revision INTEGER NOT NULL DEFAULT 0, edited INTEGER,
                deleted INTEGER NOT NULL DEFAULT 0, likes INTEGER NOT NULL DEFAULT 0, reposts INTEGER NOT NULL DEFAULT 0,
                replies INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL DEFAULT 1, UNIQUE (user, client_id)) STRICT;
            CREATE INDEX IF NOT EXISTS posts_user ON posts (user, id);
            CREATE INDEX IF NOT EXISTS posts_time ON posts (time);
            CREATE INDEX IF NOT EXISTS posts_thread ON posts (thread, id);
            CREATE INDEX IF NOT EXISTS posts_reply ON posts (reply_to, user);
            CREATE TABLE IF NOT EXISTS entries (
                id INTEGER PRIMARY KEY, user TEXT NOT NULL, name TEXT NOT NULL, author TEXT NOT NULL,
                post INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE, UNIQUE (post, user)) STRICT;
            CREATE INDEX IF NOT EXISTS entries_user ON entries (user, id);
            CREATE TABLE IF NOT EXISTS likes (
                post INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE, user TEXT NOT NULL, PRIMARY KEY (post, user)) STRICT, WITHOUT ROWID;
            CREATE INDEX IF NOT EXISTS likes_user ON likes (user);
            CREATE TABLE IF NOT EXISTS versions (
                post INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE, revision INTEGER NOT NULL, text TEXT NOT NULL, time INTEGER NOT NULL,
                PRIMARY KEY (post, revision)) STRICT, WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS tags (
                tag TEXT NOT NULL, post INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE, PRIMARY KEY (tag, post)) STRICT, WITHOUT ROWID;
            CREATE INDEX IF NOT EXISTS tags_post ON tags (post);
            """);
        RemoveOld();
    }

    /// <summary>Whether no further likes and reposts are stored.</summary>
    public bool IsFull => _marks >= _maxMarks;

    /// <summary>The number of posts and replies.</summary>
    public long Count => _database.Number("SELECT COUNT(*) FROM posts")!.Value;

    /// <summary>Returns the number of likes and reposts of a person.</summary>
    public long MarksOf(string user) => _database.Number(
        "SELECT (SELECT COUNT(*) FROM likes WHERE user = $0) + (SELECT COUNT(*) FROM entries WHERE user = $0 AND id <> post)", user)!.Value;

    /// <summary>Stores a new post or reply, and returns it.</summary>
    public Post Add(Post draft)
    {
        var id = NextId();
        _database.Execute(
            "INSERT INTO posts (id, user, name, text, time, client_id, bot, reply_to, thread) VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8)",
            id, draft.User, draft.Name, draft.Text, draft.Time, draft.ClientId, draft.Bot ? 1 : 0, draft.ReplyTo, draft.Thread);
        if (draft.Thread is null) _database.Execute("INSERT INTO entries (id, user, name, author, post) VALUES ($0, $1, $2, $1, $0)", id, draft.User, draft.Name);
        Tag(id, draft.Text);
        Recount(draft.ReplyTo);
        if (draft.Thread != draft.ReplyTo) Recount(draft.Thread);
        if (id % PruneInterval == 0) RemoveOld();
        return Find(id)!;
    }

    /// <summary>Returns a post as a reader sees it, or null when there is none with this id.</summary>
    public Post? Find(long id, string reader = "") => _database.Query($"{Select} WHERE p.id = $1", Read, reader, id) is [var post] ? post : null;

    /// <summary>Returns the post that an author has written with a client id, or null when there is none.</summary>
    public Post? Find(string user, string clientId) => _database.Query($"{Select} WHERE p.user = $0 AND p.client_id = $1", Read, user, clientId) is [var post] ? post : null;

    /// <summary>Returns the name of a person under the latest of their posts, replies and reposts, or null when there is none.</summary>
    public string? NameOf(string user) => _database.Query(
        """
        SELECT name FROM (SELECT * FROM (SELECT id, name FROM posts WHERE user = $0 ORDER BY id DESC LIMIT 1)
            UNION ALL SELECT * FROM (SELECT id, name FROM entries WHERE user = $0 ORDER BY id DESC LIMIT 1)) ORDER BY id DESC LIMIT 1
        """,
        static row => row.GetString(0), user) is [var name] ? name : null;

    /// <summary>Returns those of the posts that exist, in the order of their ids.</summary>
    public List<Post> Find(IReadOnlyList<long> ids, string reader) =>
        _database.Query($"{Select} WHERE p.id IN (SELECT value FROM json_each($1)) ORDER BY p.id", Read, reader, JsonOf(ids));

    /// <summary>Returns the latest replies of a thread before an id, oldest first, without those of people whom the reader does not see.</summary>
    public List<Post> Replies(long thread, long before, int limit, string reader)
    {
        var replies = _database.Query(
            $"{Select} WHERE p.thread = $1 AND p.id < $2 AND p.user NOT IN ({Timelines.Hidden}) ORDER BY p.id DESC LIMIT $3",
            Read, reader, thread, before, limit);
        replies.Reverse();
        return replies;
    }

    /// <summary>Returns whether an author has written a text since a time.</summary>
    public bool HasPosted(string user, string text, long since) =>
        _database.Number("SELECT 1 FROM posts WHERE user = $0 AND text = $1 AND time >= $2 AND deleted = 0 LIMIT 1", user, text, since) is not null;

    /// <summary>Replaces the text of a post, and keeps the earlier one.</summary>
    public Post Edit(Post post, string text, long now)
    {
        _database.Execute("INSERT INTO versions (post, revision, text, time) VALUES ($0, $1, $2, $3)", post.Id, post.Revision, post.Text, post.Edited ?? post.Time);
        _database.Execute("UPDATE posts SET text = $1, edited = $2, revision = revision + 1 WHERE id = $0", post.Id, text, now);
        _database.Execute("DELETE FROM tags WHERE post = $0", post.Id);
        Tag(post.Id, text);
        return Find(post.Id)!;
    }

    /// <summary>Returns the earlier texts of a post, oldest first.</summary>
    public List<PostVersion> Versions(long post) => _database.Query(
        "SELECT text, time FROM versions WHERE post = $0 ORDER BY revision", static row => new PostVersion(row.GetString(0), row.GetInt64(1)), post);

    /// <summary>Deletes a post with its earlier texts, likes and reposts. Its id remains, so that its replies keep their place.</summary>
    public Post Delete(Post post)
    {
        _database.Execute("UPDATE posts SET text = '', deleted = 1, edited = NULL, revision = revision + 1 WHERE id = $0", post.Id);
        foreach (var table in (string[])["entries", "likes", "versions", "tags"]) _database.Execute($"DELETE FROM {table} WHERE post = $0", post.Id);
        Recount(post.Id);
        Recount(post.ReplyTo);
        if (post.Thread != post.ReplyTo) Recount(post.Thread);
        return Find(post.Id)!;
    }

    /// <summary>Sets whether a user likes a post.</summary>
    /// <returns>The numbers, and whether this changed them.</returns>
    public (Counts Counts, bool IsChanged) Like(long post, string user, bool on) => Counted(post, on, on
        ? _database.Query("INSERT INTO likes (post, user) VALUES ($0, $1) ON CONFLICT DO NOTHING RETURNING post", static row => row.GetInt64(0), post, user)
        : _database.Query("DELETE FROM likes WHERE post = $0 AND user = $1 RETURNING post", static row => row.GetInt64(0), post, user));

    /// <summary>Sets whether a user has reposted the post of another one.</summary>
    /// <returns>The numbers, and the id of the repost that was added or removed; null when nothing changed.</returns>
    public (Counts Counts, long? Entry) Repost(Post post, string user, string name, bool on)
    {
        var changed = on
            ? _database.Query(
                "INSERT INTO entries (id, user, name, author, post) VALUES ($0, $1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING id",
                static row => row.GetInt64(0), NextId(), user, name, post.User, post.Id)
            : _database.Query("DELETE FROM entries WHERE post = $0 AND user = $1 AND id <> post RETURNING id", static row => row.GetInt64(0), post.Id, user);
        return (Counted(post.Id, on, changed).Counts, changed is [var id] ? id : null);
    }

    /// <summary>Returns the numbers of those of the posts that exist and are not deleted.</summary>
    public Dictionary<long, Counts> CountsOf(IReadOnlyList<long> posts) => _database.Query(
        "SELECT id, likes, reposts, replies, version FROM posts WHERE deleted = 0 AND id IN (SELECT value FROM json_each($0))",
        static row => (Id: row.GetInt64(0), Counts: new Counts(row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4))),
        JsonOf(posts)).ToDictionary(static row => row.Id, static row => row.Counts);

    /// <summary>Returns the tags with the most authors since a time.</summary>
    // A cross join is read in the order in which it is written: first the posts since the time, by their index.
    public List<Trend> Trends(long since, int limit) => _database.Query(
        """
        SELECT t.tag, COUNT(DISTINCT p.user) AS people FROM posts p CROSS JOIN tags t ON t.post = p.id WHERE p.time >= $0
        GROUP BY t.tag ORDER BY people DESC, MAX(p.id) DESC LIMIT $1
        """,
        static row => new Trend(row.GetString(0), row.GetInt64(1)), since, limit);

    private (Counts Counts, bool IsChanged) Counted(long post, bool on, List<long> changed)
    {
        if (changed.Count > 0)
        {
            Recount(post);
            _marks += on ? 1 : -1;
        }

        return (CountsOf([post])[post], changed.Count > 0);
    }

    private void Recount(long? post) => _database.Execute(
        """
        UPDATE posts SET version = version + 1,
            likes = (SELECT COUNT(*) FROM likes WHERE post = $0),
            reposts = (SELECT COUNT(*) FROM entries WHERE post = $0 AND id <> $0),
            replies = (SELECT COUNT(*) FROM posts WHERE thread = $0 AND deleted = 0) + (SELECT COUNT(*) FROM posts WHERE reply_to = $0 AND thread <> $0 AND deleted = 0)
        WHERE id = $0
        """,
        post);

    private void Tag(long post, string text)
    {
        foreach (var tag in Tags.Of(text)) _database.Execute("INSERT INTO tags (tag, post) VALUES ($0, $1)", tag, post);
    }

    // An id is not used again after its repost was withdrawn.
    private long NextId()
    {
        var id = _database.Number("INSERT INTO ids DEFAULT VALUES RETURNING id")!.Value;
        _database.Execute("DELETE FROM ids");
        return id;
    }

    // The likes and reposts of posts that are gone are no longer counted.
    private void RemoveOld()
    {
        _database.Execute("DELETE FROM posts WHERE id <= (SELECT id FROM posts ORDER BY id DESC LIMIT 1 OFFSET $0)", _max);
        _marks = _database.Number("SELECT (SELECT COUNT(*) FROM likes) + (SELECT COUNT(*) FROM entries WHERE id <> post)")!.Value;
    }

    private static string JsonOf(IReadOnlyList<long> ids) => $"[{string.Join(',', ids)}]";

    private static Post Read(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetString(5))
    {
        Bot = row.GetBoolean(6),
        ReplyTo = row.IsDBNull(7) ? null : row.GetInt64(7),
        ReplyName = row.IsDBNull(8) ? null : row.GetString(8),
        Thread = row.IsDBNull(9) ? null : row.GetInt64(9),
        Revision = row.GetInt64(10),
        Edited = row.IsDBNull(11) ? null : row.GetInt64(11),
        Deleted = row.GetBoolean(12),
        Counts = new(row.GetInt64(13), row.GetInt64(14), row.GetInt64(15), row.GetInt64(16)),
        Liked = row.GetBoolean(17),
        Reposted = row.GetBoolean(18),
    };
}
