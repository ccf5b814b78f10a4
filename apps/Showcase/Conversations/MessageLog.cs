using System.Text.Json;
using Microsoft.Data.Sqlite;
using Showcase.Storage;

namespace Showcase.Conversations;

/// <summary>Logs of messages, one per room: ids without gaps, each message of an author stored once, the oldest removed.</summary>
public sealed class MessageLog
{
    private const int PruneInterval = 64;

    // A reply carries the current beginning of the message that it quotes.
    private const string Select = """
        SELECT m.id, m.room, m.user, m.name, m.text, m.time, m.client_id, m.reply_to, m.revision, m.edited, m.deleted, m.reactions,
            q.user, q.name, substr(q.text, 1, 200)
        FROM messages m LEFT JOIN messages q ON q.room = m.room AND q.id = m.reply_to
        """;

    private readonly Database _database;
    private readonly int _perRoom;

    /// <summary>Creates the table when it is missing.</summary>
    /// <param name="database">The database.</param>
    /// <param name="perRoom">The maximum number of messages retained per room, to which a room is cut now and then.</param>
    public MessageLog(Database database, int perRoom)
    {
        (_database, _perRoom) = (database, perRoom);
        database.Execute("""
            CREATE TABLE IF NOT EXISTS messages (
                room TEXT NOT NULL, id INTEGER NOT NULL, user TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL,
                time INTEGER NOT NULL, client_id TEXT NOT NULL, PRIMARY KEY (room, id), UNIQUE (user, client_id)) STRICT, WITHOUT ROWID;
            """);
        database.EnsureColumn("messages", "reply_to", "INTEGER");
        database.EnsureColumn("messages", "revision", "INTEGER NOT NULL DEFAULT 0");
        database.EnsureColumn("messages", "edited", "INTEGER");
        database.EnsureColumn("messages", "deleted", "INTEGER NOT NULL DEFAULT 0");
        database.EnsureColumn("messages", "reactions", "TEXT");
        foreach (var room in database.Query("SELECT DISTINCT room FROM messages", static row => row.GetString(0)))
            RemoveOld(room, Latest(room)!.Id);
    }

    /// <summary>Is called after the messages of a room up to an id were removed.</summary>
    public event Action<string, long>? Removed;

    /// <summary>Stores a message with the next id of its room, unless a message of the same author and client id exists.</summary>
    /// <returns>The stored message, and whether it is new.</returns>
    public (Message Message, bool IsNew) Append(Message draft)
    {
        var id = _database.Number(
            """
            INSERT INTO messages (room, id, user, name, text, time, client_id, reply_to)
            SELECT $0, COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5, $6 FROM messages WHERE room = $0
            ON CONFLICT DO NOTHING RETURNING id
            """,
            draft.Room, draft.User, draft.Name, draft.Text, draft.Time, draft.ClientId, draft.ReplyTo);
        if (id is null) return (Find(draft.User, draft.ClientId)!, false);
        if (id % PruneInterval == 0) RemoveOld(draft.Room, id.Value);
        return (Find(draft.Room, id.Value)!, true);
    }

    /// <summary>Stores a changed text, deletion or reactions of a message with the next revision.</summary>
    /// <returns>The stored message.</returns>
    public Message Change(Message message)
    {
        var reactions = message.Reactions is { Count: > 0 } some ? JsonSerializer.Serialize(some, ReactionJson.Stored) : null;
        _database.Execute(
            "UPDATE messages SET text = $2, edited = $3, deleted = $4, reactions = $5, revision = revision + 1 WHERE room = $0 AND id = $1",
            message.Room, message.Id, message.Text, message.Edited, message.IsDeleted ? 1 : 0, reactions);
        return Find(message.Room, message.Id)!;
    }

    /// <summary>Returns the latest messages of a room before an id, oldest first.</summary>
    public List<Message> Page(string room, long before, int limit)
    {
        var page = Messages($"{Select} WHERE m.room = $0 AND m.id < $1 ORDER BY m.id DESC LIMIT $2", room, before, limit);
        page.Reverse();
        return page;
    }

    /// <summary>Returns the latest messages of a room before an id, oldest first, and whether there are more before them.</summary>
    /// <param name="room">The room.</param>
    /// <param name="before">The id; null for the latest messages of all.</param>
    /// <param name="limit">The maximum number of messages.</param>
    public HistoryResult History(string room, long? before, int limit)
    {
        var messages = Page(room, before ?? long.MaxValue, limit + 1);
        return new([.. messages.TakeLast(limit)], More: messages.Count > limit);
    }

    /// <summary>Returns the latest messages of a room that contain a text, newest first. Case is ignored for ASCII letters.</summary>
    public List<Message> Search(string room, string text, int limit)
    {
        var pattern = $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
        return Messages($"{Select} WHERE m.room = $0 AND m.text LIKE $1 ESCAPE '\\' ORDER BY m.id DESC LIMIT $2", room, pattern, limit);
    }

    /// <summary>Returns a message, or null when the room has none with this id.</summary>
    public Message? Find(string room, long id) => Messages($"{Select} WHERE m.room = $0 AND m.id = $1", room, id) is [var message] ? message : null;

    /// <summary>Returns the message that an author has written with a client id, in whatever room, or null when there is none.</summary>
    public Message? Find(string user, string clientId) =>
        Messages($"{Select} WHERE m.user = $0 AND m.client_id = $1", user, clientId) is [var message] ? message : null;

    /// <summary>Returns the latest message of a room, or null when it has none.</summary>
    public Message? Latest(string room) => Page(room, long.MaxValue, limit: 1) is [var message] ? message : null;

    /// <summary>Returns the id of the earliest retained message of a room, or null when it has none.</summary>
    public long? FirstId(string room) => _database.Number("SELECT id FROM messages WHERE room = $0 ORDER BY id LIMIT 1", room);

    /// <summary>Removes all messages of a room.</summary>
    public void Remove(string room)
    {
        if (Latest(room) is { Id: var latest }) RemoveUpTo(room, latest);
    }

    private void RemoveOld(string room, long latest)
    {
        var last = latest - _perRoom;
        if (last > 0) RemoveUpTo(room, last);
    }

    private void RemoveUpTo(string room, long last)
    {
        _database.Execute("DELETE FROM messages WHERE room = $0 AND id <= $1", room, last);
        Removed?.Invoke(room, last);
    }

    private List<Message> Messages(string sql, params object?[] values) => _database.Query(sql, Read, values);

    private static Message Read(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetInt64(5), row.GetString(6))
    {
        ReplyTo = row.IsDBNull(7) ? null : row.GetInt64(7),
        Revision = row.GetInt64(8),
        Edited = row.IsDBNull(9) ? null : row.GetInt64(9),
        IsDeleted = row.GetBoolean(10),
        Reactions = row.IsDBNull(11) ? null : JsonSerializer.Deserialize(row.GetString(11), ReactionJson.Stored),
        Quote = row.IsDBNull(12) ? null : new(row.GetString(12), row.GetString(13), row.GetString(14)),
    };
}
