using Microsoft.Data.Sqlite;

namespace Showcase.Chat;

/// <summary>The chat's tables in SQLite. One connection, one caller at a time.</summary>
public sealed class ChatTables : IDisposable
{
    private const string Columns = "id, room, user, name, text, time, client_id";

    private readonly SqliteConnection _connection;

    public ChatTables(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        // With a write-ahead log a crash of the process loses nothing; one of the machine at most the last moments.
        Execute("""
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = NORMAL;
            CREATE TABLE IF NOT EXISTS messages (
                room TEXT NOT NULL, id INTEGER NOT NULL, user TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL,
                time INTEGER NOT NULL, client_id TEXT NOT NULL, PRIMARY KEY (room, id), UNIQUE (user, client_id)) STRICT, WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS reads (
                room TEXT NOT NULL, user TEXT NOT NULL, name TEXT NOT NULL, id INTEGER NOT NULL,
                PRIMARY KEY (room, user)) STRICT, WITHOUT ROWID;
            """);
    }

    /// <summary>Starts a transaction; disposing it without a commit undoes it.</summary>
    public SqliteTransaction Begin() => _connection.BeginTransaction();

    /// <summary>Stores a message as the next one of its room, unless its author has stored one with this client id before.</summary>
    /// <returns>The message as it is stored, and whether it is new.</returns>
    public (ChatMessage Message, bool IsNew) Append(ChatMessage draft)
    {
        var added = Messages(
            $"""
            INSERT INTO messages (room, id, user, name, text, time, client_id)
            SELECT $0, COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5 FROM messages WHERE room = $0
            ON CONFLICT DO NOTHING RETURNING {Columns}
            """,
            draft.Room, draft.User, draft.Name, draft.Text, draft.Time, draft.ClientId);
        return added is [var message]
            ? (message, true)
            : (Messages($"SELECT {Columns} FROM messages WHERE user = $0 AND client_id = $1", draft.User, draft.ClientId)[0], false);
    }

    /// <summary>The latest messages of a room before an id, oldest first.</summary>
    public List<ChatMessage> Page(string room, long before, int limit)
    {
        var page = Messages($"SELECT {Columns} FROM messages WHERE room = $0 AND id < $1 ORDER BY id DESC LIMIT $2", room, before, limit);
        page.Reverse();
        return page;
    }

    /// <summary>The last message of a room, or null.</summary>
    public ChatMessage? Latest(string room) => Page(room, long.MaxValue, limit: 1) is [var message] ? message : null;

    /// <summary>Moves a marker forward, at most to the room's last message.</summary>
    /// <returns>Where it stands now, or null when it did not move.</returns>
    public long? Mark(string room, string user, string name, long id)
    {
        using var command = Command(
            """
            INSERT INTO reads (room, user, name, id)
            SELECT $0, $1, $2, MIN($3, MAX(id)) FROM messages WHERE room = $0 HAVING MAX(id) IS NOT NULL
            ON CONFLICT DO UPDATE SET id = excluded.id, name = excluded.name WHERE excluded.id > reads.id RETURNING id
            """,
            room, user, name, id);
        return (long?)command.ExecuteScalar();
    }

    /// <summary>Who has read how far; those who are farthest, when there are many.</summary>
    public List<ReadMarker> Markers(string room)
    {
        using var command = Command("SELECT user, name, id FROM reads WHERE room = $0 ORDER BY id DESC LIMIT 100", room);
        using var reader = command.ExecuteReader();
        var markers = new List<ReadMarker>();
        while (reader.Read()) markers.Add(new ReadMarker(reader.GetString(0), reader.GetString(1), reader.GetInt64(2)));
        return markers;
    }

    /// <summary>How far a user has read in a room: 0 for one who never did.</summary>
    public long Marker(string room, string user)
    {
        using var command = Command("SELECT id FROM reads WHERE room = $0 AND user = $1", room, user);
        return (long?)command.ExecuteScalar() ?? 0;
    }

    /// <summary>Forgets the oldest messages of a room, and markers before them.</summary>
    public void Prune(string room, int kept) => Execute(
        """
        DELETE FROM messages WHERE room = $0 AND id <= (SELECT id FROM messages WHERE room = $0 ORDER BY id DESC LIMIT 1 OFFSET $1);
        DELETE FROM reads WHERE room = $0 AND id < (SELECT MIN(id) FROM messages WHERE room = $0);
        """,
        room, kept);

    public void Dispose() => _connection.Dispose();

    private List<ChatMessage> Messages(string sql, params object[] values)
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        var messages = new List<ChatMessage>();
        while (reader.Read())
        {
            messages.Add(new ChatMessage(
                reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetString(3),
                reader.GetString(4), reader.GetInt64(5), reader.GetString(6)));
        }

        return messages;
    }

    private void Execute(string sql, params object[] values)
    {
        using var command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params object[] values)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this file; values go in as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < values.Length; i++) command.Parameters.AddWithValue($"${i}", values[i]);
        return command;
    }
}
