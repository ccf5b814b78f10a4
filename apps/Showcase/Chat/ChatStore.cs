using System.Threading.RateLimiting;
using Duplex.Messaging.Errors;
using Microsoft.Data.Sqlite;

namespace Showcase.Chat;

/// <summary>Stores the chat's messages and read markers in SQLite. Every call except <see cref="TurnAsync"/> must be made within a turn.</summary>
public sealed class ChatStore : IDisposable
{
    private const int MaxWaiting = 1024, PruneInterval = 64, BusySeconds = 3;
    private const long WalBytes = 4 << 20, MaxFreeBytes = 16 << 20;
    private const string Columns = "id, room, user, name, text, time, client_id";

    private readonly ConcurrencyLimiter _turns = new(new() { PermitLimit = 1, QueueLimit = MaxWaiting });
    private readonly ChatOptions _options;
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, int> _marked = [];

    /// <summary>Opens the database in a folder, creates the folder when it is missing, and removes messages and markers beyond the limits.</summary>
    public ChatStore(string folder, ChatOptions options)
    {
        _options = options;
        Directory.CreateDirectory(folder);
        var database = new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(folder, "rooms.db"),
            Pooling = false,
            DefaultTimeout = BusySeconds,
        };
        _connection = new SqliteConnection(database.ToString());
        try
        {
            Open();
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Waits for a turn, which lasts until it is disposed. Turns are exclusive and granted in the order of the calls, so
    /// messages that are published within the turn that stored them are published in the order of their ids.
    /// </summary>
    /// <exception cref="ClientException">429 when too many calls wait for a turn.</exception>
    public async Task<IDisposable> TurnAsync()
    {
        // SQLite blocks on the disk, and the hub's shards must not block, so a turn runs on the thread pool.
        await Task.Yield();
        var turn = await _turns.AcquireAsync();
        return turn.IsAcquired ? turn : throw new ClientException(429, "The chat is busy: try again in a moment.", isTemporary: true);
    }

    /// <summary>Stores a message with the next id of its room, unless a message of the same author and client id exists.</summary>
    /// <returns>The stored message, and whether it is new.</returns>
    public (ChatMessage Message, bool IsNew) Append(ChatMessage draft)
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
        if (message.Id % PruneInterval == 0) RemoveOldMessages(message.Room, message.Id);
        return (message, true);
    }

    /// <summary>Returns the latest messages of a room before an id, oldest first.</summary>
    public List<ChatMessage> Page(string room, long before, int limit)
    {
        var page = Messages($"SELECT {Columns} FROM messages WHERE room = $0 AND id < $1 ORDER BY id DESC LIMIT $2", room, before, limit);
        page.Reverse();
        return page;
    }

    /// <summary>Returns the latest message of a room, or null when it has none.</summary>
    public ChatMessage? Latest(string room) => Page(room, long.MaxValue, limit: 1) is [var message] ? message : null;

    /// <summary>Moves a read marker forward, at most to the room's latest message.</summary>
    /// <returns>The new id of the marker, or null when it did not move.</returns>
    public long? Mark(string room, string user, string name, long id)
    {
        // The latest message is queried separately: as an aggregate of the insert it would scan the whole room.
        if (Latest(room) is not { } latest) return null;
        var moved = Query(
            """
            INSERT INTO reads (room, user, name, id) VALUES ($0, $1, $2, $3)
            ON CONFLICT DO UPDATE SET id = excluded.id, name = excluded.name WHERE excluded.id > reads.id RETURNING id
            """,
            static row => (long?)row.GetInt64(0),
            room, user, name, Math.Min(id, latest.Id));
        if (moved is not [var marked]) return null;
        if ((_marked[room] = _marked.GetValueOrDefault(room) + 1) % PruneInterval == 0) RemoveOldMarkers(room);
        return marked;
    }

    /// <summary>Returns the read markers of a room with the highest ids, at most 100.</summary>
    public List<ReadMarker> Markers(string room) => Query(
        "SELECT user, name, id FROM reads WHERE room = $0 ORDER BY id DESC LIMIT 100",
        static row => new ReadMarker(row.GetString(0), row.GetString(1), row.GetInt64(2)),
        room);

    /// <summary>Returns the id of a user's read marker in a room, or 0 when there is none.</summary>
    public long Marker(string room, string user) =>
        Query("SELECT id FROM reads WHERE room = $0 AND user = $1", static row => row.GetInt64(0), room, user) is [var id] ? id : 0;

    public void Dispose()
    {
        _connection.Dispose();
        _turns.Dispose();
    }

    private void Open()
    {
        _connection.Open();

        // With a write-ahead log a crash of the process loses nothing; a crash of the machine loses the latest writes at most.
        Execute($"""
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = NORMAL;
            PRAGMA journal_size_limit = {WalBytes};
            CREATE TABLE IF NOT EXISTS messages (
                room TEXT NOT NULL, id INTEGER NOT NULL, user TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL,
                time INTEGER NOT NULL, client_id TEXT NOT NULL, PRIMARY KEY (room, id), UNIQUE (user, client_id)) STRICT, WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS reads (
                room TEXT NOT NULL, user TEXT NOT NULL, name TEXT NOT NULL, id INTEGER NOT NULL,
                PRIMARY KEY (room, user)) STRICT, WITHOUT ROWID;
            CREATE INDEX IF NOT EXISTS reads_by_id ON reads (room, id DESC);
            """);
        foreach (var room in Query("SELECT DISTINCT room FROM messages UNION SELECT DISTINCT room FROM reads", static row => row.GetString(0)))
        {
            if (Latest(room) is { } latest) RemoveOldMessages(room, latest.Id);
            RemoveOldMarkers(room);
        }

        // SQLite reuses free pages, so the file does not grow. Many free pages, which remain after the limits were lowered,
        // are returned to the file system.
        if (Number("PRAGMA freelist_count") * Number("PRAGMA page_size") > MaxFreeBytes) Execute("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);");
    }

    private void RemoveOldMessages(string room, long latest)
    {
        var last = latest - _options.MessagesPerRoom;
        if (last <= 0) return;
        Execute("DELETE FROM messages WHERE room = $0 AND id <= $1", room, last);
        Execute("DELETE FROM reads WHERE room = $0 AND id <= $1", room, last);
    }

    private void RemoveOldMarkers(string room) => Execute(
        "DELETE FROM reads WHERE room = $0 AND user IN (SELECT user FROM reads WHERE room = $0 ORDER BY id DESC LIMIT -1 OFFSET $1)",
        room, _options.MarkersPerRoom);

    private long Number(string sql) => Query(sql, static row => row.GetInt64(0))[0];

    private List<ChatMessage> Messages(string sql, params object[] values) => Query(
        sql,
        static row => new ChatMessage(
            row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetInt64(5), row.GetString(6)),
        values);

    private void Execute(string sql, params object[] values) => Query(sql, static _ => 0, values);

    // Each statement is its own transaction, which is committed when this method returns.
    private List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params object[] values)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is a constant of this file; values are passed as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < values.Length; i++) command.Parameters.AddWithValue($"${i}", values[i]);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }
}
