using Showcase.Storage;

namespace Showcase.Conversations;

/// <summary>The read markers of rooms. A marker only moves forward, at most to the room's latest message.</summary>
public sealed class ReadMarkers
{
    private const int PruneInterval = 64;

    private readonly Database _database;
    private readonly MessageLog _messages;
    private readonly int _perRoom;
    private readonly Dictionary<string, int> _moved = [];

    /// <summary>Creates the table when it is missing.</summary>
    /// <param name="database">The database.</param>
    /// <param name="messages">The messages of the same rooms.</param>
    /// <param name="perRoom">The maximum number of markers retained per room, to which a room is cut now and then.</param>
    public ReadMarkers(Database database, MessageLog messages, int perRoom)
    {
        (_database, _messages, _perRoom) = (database, messages, perRoom);
        database.Execute("""
            CREATE TABLE IF NOT EXISTS reads (
                room TEXT NOT NULL, user TEXT NOT NULL, name TEXT NOT NULL, id INTEGER NOT NULL,
                PRIMARY KEY (room, user)) STRICT, WITHOUT ROWID;
            CREATE INDEX IF NOT EXISTS reads_by_id ON reads (room, id DESC);
            """);
        foreach (var room in database.Query("SELECT DISTINCT room FROM reads", static row => row.GetString(0)))
        {
            if (messages.FirstId(room) is { } first) RemoveUpTo(room, first - 1);
            RemoveOld(room);
        }

        messages.Removed += RemoveUpTo;
    }

    /// <summary>Moves a user's marker forward.</summary>
    /// <returns>The new id of the marker, or null when it did not move.</returns>
    public long? Move(string room, string user, string name, long id)
    {
        // The latest message is queried separately: as an aggregate of the insert it would scan the whole room.
        if (_messages.Latest(room) is not { } latest) return null;
        var marked = _database.Number(
            """
            INSERT INTO reads (room, user, name, id) VALUES ($0, $1, $2, $3)
            ON CONFLICT DO UPDATE SET id = excluded.id, name = excluded.name WHERE excluded.id > reads.id RETURNING id
            """,
            room, user, name, Math.Min(id, latest.Id));
        if (marked is not null && (_moved[room] = _moved.GetValueOrDefault(room) + 1) % PruneInterval == 0) RemoveOld(room);
        return marked;
    }

    /// <summary>Returns the markers of a room with the highest ids, at most 100.</summary>
    public List<ReadMarker> Of(string room) => _database.Query(
        "SELECT user, name, id FROM reads WHERE room = $0 ORDER BY id DESC LIMIT 100",
        static row => new ReadMarker(row.GetString(0), row.GetString(1), row.GetInt64(2)),
        room);

    /// <summary>Returns the id of a user's marker in a room, or 0 when there is none.</summary>
    public long Of(string room, string user) => _database.Number("SELECT id FROM reads WHERE room = $0 AND user = $1", room, user) ?? 0;

    // The marker of a message that was removed is removed with it.
    private void RemoveUpTo(string room, long id) => _database.Execute("DELETE FROM reads WHERE room = $0 AND id <= $1", room, id);

    private void RemoveOld(string room) => _database.Execute(
        "DELETE FROM reads WHERE room = $0 AND user IN (SELECT user FROM reads WHERE room = $0 ORDER BY id DESC LIMIT -1 OFFSET $1)",
        room, _perRoom);
}
