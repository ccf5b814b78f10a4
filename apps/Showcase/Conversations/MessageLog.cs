using Showcase.Storage;

namespace Showcase.Conversations;

/// <summary>Logs of messages, one per room: ids without gaps, each message of an author stored once, the oldest removed.</summary>
public sealed class MessageLog
{
    private const int PruneInterval = 64;
    private const string Columns = "id, room, user, name, text, time, client_id";

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
        foreach (var room in database.Query("SELECT DISTINCT room FROM messages", static row => row.GetString(0)))
            RemoveOld(room, Latest(room)!.Id);
    }

    /// <summary>Is called after the messages of a room up to an id were removed.</summary>
    public event Action<string, long>? Removed;

    /// <summary>Stores a message with the next id of its room, unless a message of the same author and client id exists.</summary>
    /// <returns>The stored message, and whether it is new.</returns>
    public (Message Message, bool IsNew) Append(Message draft)
    {
        var added = Messages(
            $"""
            INSERT INTO messages (room, id, user, name, text, time, client_id)
            SELECT $0, COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5 FROM messages WHERE room = $0
            ON CONFLICT DO NOTHING RETURNING {Columns}
            """,
            draft.Room, draft.User, draft.Name, draft.Text, draft.Time, draft.ClientId);
        if (added is not [var message])
            return (Messages($"SELECT {Columns} FROM messages WHERE user = $0 AND client_id = $1", draft.User, draft.ClientId)[0], false);
        if (message.Id % PruneInterval == 0) RemoveOld(message.Room, message.Id);
        return (message, true);
    }

    /// <summary>Returns the latest messages of a room before an id, oldest first.</summary>
    public List<Message> Page(string room, long before, int limit)
    {
        var page = Messages($"SELECT {Columns} FROM messages WHERE room = $0 AND id < $1 ORDER BY id DESC LIMIT $2", room, before, limit);
        page.Reverse();
        return page;
    }

    /// <summary>Returns the latest message of a room, or null when it has none.</summary>
    public Message? Latest(string room) => Page(room, long.MaxValue, limit: 1) is [var message] ? message : null;

    /// <summary>Returns the earliest retained message of a room, or null when it has none.</summary>
    public Message? First(string room) =>
        Messages($"SELECT {Columns} FROM messages WHERE room = $0 ORDER BY id LIMIT 1", room) is [var message] ? message : null;

    private void RemoveOld(string room, long latest)
    {
        var last = latest - _perRoom;
        if (last <= 0) return;
        _database.Execute("DELETE FROM messages WHERE room = $0 AND id <= $1", room, last);
        Removed?.Invoke(room, last);
    }

    private List<Message> Messages(string sql, params object?[] values) => _database.Query(
        sql,
        static row => new Message(
            row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetInt64(5), row.GetString(6)),
        values);
}
