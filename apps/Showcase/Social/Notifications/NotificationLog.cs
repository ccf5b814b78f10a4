using Microsoft.Data.Sqlite;
using Showcase.Hosting;
using Showcase.Storage;

namespace Showcase.Social.Notifications;

/// <summary>The notifications of all people, and how far each person has read. It must be used within a turn.</summary>
public sealed class NotificationLog
{
    private const int MaxPerPerson = 100;
    private const string Select = """
        SELECT n.kind, n.post, n.count, n.name, COALESCE(substr(p.text, 1, 100), ''), n.seq, n.time
        FROM notifications n LEFT JOIN posts p ON p.id = n.post WHERE n.owner = $0
        """;

    // The number of people is counted again each time, so an act that is withdrawn and repeated counts once.
    private const string Counted = """
        SELECT CASE $1
            WHEN 'like' THEN (SELECT COUNT(*) FROM likes WHERE post = $2 AND user <> $0)
            WHEN 'repost' THEN (SELECT COUNT(*) FROM entries WHERE post = $2 AND user <> $0)
            WHEN 'reply' THEN (SELECT COUNT(DISTINCT user) FROM posts WHERE reply_to = $2 AND user <> $0 AND deleted = 0)
            ELSE (SELECT COUNT(*) FROM relations WHERE other = $0 AND kind = 'follow') END
        """;

    private readonly Database _database;

    /// <summary>Creates the tables when they are missing; that of the posts must exist.</summary>
    public NotificationLog(Database database)
    {
        _database = database;
        database.Execute("""
            CREATE TABLE IF NOT EXISTS notifications (
                seq INTEGER PRIMARY KEY AUTOINCREMENT, owner TEXT NOT NULL, kind TEXT NOT NULL, post INTEGER NOT NULL, count INTEGER NOT NULL,
                name TEXT NOT NULL, time INTEGER NOT NULL, UNIQUE (owner, kind, post)) STRICT;
            CREATE INDEX IF NOT EXISTS notifications_post ON notifications (post);
            CREATE TRIGGER IF NOT EXISTS notifications_of_removed AFTER DELETE ON posts BEGIN DELETE FROM notifications WHERE post = OLD.id; END;
            CREATE TABLE IF NOT EXISTS notifications_read (user TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
            """);

        // Later notifications have higher numbers, so a person without any needs no marker.
        database.Execute("DELETE FROM notifications_read WHERE user NOT IN (SELECT owner FROM notifications)");
    }

    /// <summary>Gathers an act that was done, or counts again after one was withdrawn.</summary>
    public void Gather(NotificationKey key, string name, bool on, long now)
    {
        var (owner, kind, post) = (key.Owner, CamelCaseEnum<NotificationKind>.NameOf(key.Kind), key.Post);
        var count = _database.Number(Counted, owner, kind, post)!.Value;
        if (on && count > 0)
        {
            _database.Execute("DELETE FROM notifications WHERE owner = $0 AND kind = $1 AND post = $2", owner, kind, post);
            _database.Execute("INSERT INTO notifications (owner, kind, post, count, name, time) VALUES ($0, $1, $2, $3, $4, $5)", owner, kind, post, count, name, now);
            _database.Execute(
                "DELETE FROM notifications WHERE owner = $0 AND seq <= (SELECT seq FROM notifications WHERE owner = $0 ORDER BY seq DESC LIMIT 1 OFFSET $1)", owner, MaxPerPerson);
        }
        else
        {
            _database.Execute("UPDATE notifications SET count = $3 WHERE owner = $0 AND kind = $1 AND post = $2", owner, kind, post, count);
            _database.Execute("DELETE FROM notifications WHERE owner = $0 AND kind = $1 AND post = $2 AND count = 0", owner, kind, post);
        }
    }

    /// <summary>Removes the notifications about a post.</summary>
    public void Remove(string owner, long post) => _database.Execute("DELETE FROM notifications WHERE owner = $0 AND post = $1", owner, post);

    /// <summary>Returns a notification; one with the count 0 when there is none.</summary>
    public Notification Find(NotificationKey key) => _database.Query($"{Select} AND n.kind = $1 AND n.post = $2", Read, key.Owner, CamelCaseEnum<NotificationKind>.NameOf(key.Kind), key.Post) is [var found]
        ? found : new(key.Kind, key.Post, 0, "", "", 0, 0);

    /// <summary>Returns the notifications of a person, newest first.</summary>
    public List<Notification> Of(string owner) => _database.Query($"{Select} ORDER BY n.seq DESC", Read, owner);

    /// <summary>Returns up to which notification a person has read.</summary>
    public long ReadOf(string user) => _database.Number("SELECT seq FROM notifications_read WHERE user = $0", user) ?? 0;

    /// <summary>Moves the read marker of a person forward, at most to the latest notification.</summary>
    /// <returns>The marker.</returns>
    public long MoveRead(string user, long seq)
    {
        _database.Execute(
            """
            INSERT INTO notifications_read (user, seq) SELECT $0, MIN($1, MAX(seq)) FROM notifications WHERE owner = $0 HAVING COUNT(*) > 0
            ON CONFLICT DO UPDATE SET seq = MAX(seq, excluded.seq)
            """,
            user, seq);
        return ReadOf(user);
    }

    private static Notification Read(SqliteDataReader row) => new(
        CamelCaseEnum<NotificationKind>.Find(row.GetString(0))!.Value, row.GetInt64(1), row.GetInt64(2), row.GetString(3), row.GetString(4), row.GetInt64(5), row.GetInt64(6));
}
