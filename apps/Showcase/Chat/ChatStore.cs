using System.Threading.RateLimiting;
using Duplex.Messaging.Errors;
using Microsoft.Data.Sqlite;

namespace Showcase.Chat;

/// <summary>The chat's messages and read markers in SQLite. Every call but <see cref="TurnAsync"/> belongs into a turn.</summary>
public sealed class ChatStore : IDisposable
{
    private const int MostWaiting = 1024, PrunedEvery = 64, BusySeconds = 3;
    private const long WalBytes = 4 << 20, FreeBytesToGiveBack = 16 << 20;
    private const string Columns = "id, room, user, name, text, time, client_id";

    private readonly ConcurrencyLimiter _turns = new(new() { PermitLimit = 1, QueueLimit = MostWaiting });
    private readonly ChatOptions _options;
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, int> _marked = [];

    /// <summary>Opens the database in a folder, which is made when it is missing, and removes what is beyond the limits.</summary>
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
    /// Waits for a turn, which lasts until it is disposed. There is one at a time, in the order of asking: what is
    /// published in the turn that stored it leaves in the order of the ids.
    /// </summary>
    /// <exception cref="ClientException">429 when too many wait.</exception>
    public async Task<IDisposable> TurnAsync()
    {
        // SQLite waits for the disk, for which the hub's shards must not wait: a turn runs on the thread pool.
        await Task.Yield();
        var turn = await _turns.AcquireAsync();
        return turn.IsAcquired ? turn : throw new ClientException(429, "The chat is busy: try again in a moment.", isTemporary: true);
    }

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
        if (added is not [var message])
            return (Messages($"SELECT {Columns} FROM messages WHERE user = $0 AND client_id = $1", draft.User, draft.ClientId)[0], false);
        if (message.Id % PrunedEvery == 0) RemoveOldMessages(message.Room, message.Id);
        return (message, true);
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
        // The last message is looked up on its own: as an aggregate of the insert it would read the whole room.
        if (Latest(room) is not { } latest) return null;
        var moved = Query(
            """
            INSERT INTO reads (room, user, name, id) VALUES ($0, $1, $2, $3)
            ON CONFLICT DO UPDATE SET id = excluded.id, name = excluded.name WHERE excluded.id > reads.id RETURNING id
            """,
            static row => (long?)row.GetInt64(0),
            room, user, name, Math.Min(id, latest.Id));
        if (moved is not [var marked]) return null;
        if ((_marked[room] = _marked.GetValueOrDefault(room) + 1) % PrunedEvery == 0) RemoveOldMarkers(room);
        return marked;
    }

    /// <summary>Who has read how far; those who are farthest, when there are many.</summary>
    public List<ReadMarker> Markers(string room) => Query(
        "SELECT user, name, id FROM reads WHERE room = $0 ORDER BY id DESC LIMIT 100",
        static row => new ReadMarker(row.GetString(0), row.GetString(1), row.GetInt64(2)),
        room);

    /// <summary>How far a user has read in a room: 0 for one who never did.</summary>
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

        // With a write-ahead log a crash of the process loses nothing; one of the machine at most the last moments.
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

        // Pages that became free are used again, so the file does not grow; many of them, left by a chat that kept
        // more, are given back.
        if (Number("PRAGMA freelist_count") * Number("PRAGMA page_size") > FreeBytesToGiveBack) Execute("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);");
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

    // Each statement is a transaction of its own, committed when this returns.
    private List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params object[] values)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this file; values go in as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < values.Length; i++) command.Parameters.AddWithValue($"${i}", values[i]);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }
}
