using System.Text.Json;
using Microsoft.Data.Sqlite;
using Showcase.Storage;

namespace Showcase.Pad.Documents;

/// <summary>
/// Documents in a database: of each a snapshot of its text, the log of its updates, and the text at which the log begins. It must
/// be used within a turn.
/// </summary>
internal sealed class DocumentStore : IDisposable
{
    private const int SnapshotInterval = 500, MaxCached = 32;
    private const long RetainedBytes = 1 << 20;

    private readonly Database _database;
    private readonly PadOptions _options;
    private readonly Dictionary<string, Document> _cache = [];

    /// <summary>Opens the database in a folder.</summary>
    public DocumentStore(string folder, PadOptions options)
    {
        (_database, _options) = (new Database(folder, "pads.db"), options);
        _database.Execute("""
            CREATE TABLE IF NOT EXISTS documents (
                id TEXT PRIMARY KEY, title TEXT NOT NULL, key TEXT, changed INTEGER NOT NULL, text TEXT NOT NULL,
                text_version INTEGER NOT NULL, base TEXT NOT NULL, base_version INTEGER NOT NULL) STRICT, WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS pushes (
                document TEXT NOT NULL, version INTEGER NOT NULL, count INTEGER NOT NULL, page TEXT NOT NULL, number INTEGER NOT NULL,
                user TEXT NOT NULL, name TEXT NOT NULL, time INTEGER NOT NULL, updates TEXT NOT NULL, total INTEGER NOT NULL,
                PRIMARY KEY (document, version)) STRICT, WITHOUT ROWID;
            """);
        _database.Shrink();
    }

    /// <summary>The turns, which are exclusive.</summary>
    public Turns Turns { get; } = new("The server of the documents");

    /// <summary>The maximum length of a document in UTF-16 units.</summary>
    public int MaxLength => _options.MaxLength;

    /// <summary>Returns the ids of the documents, that with the latest change first.</summary>
    public List<string> Ids() => _database.Query($"SELECT id FROM documents ORDER BY {Changed} DESC", static row => row.GetString(0));

    /// <summary>Returns a document, or null when there is none.</summary>
    public Document? Find(string id)
    {
        if (_cache.TryGetValue(id, out var cached)) return cached;
        var snapshot = _database.Query(
            $"SELECT title, key, text_version, text, {Changed} FROM documents WHERE id = $0",
            row => new Document(id, row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetInt64(4)),
            id);
        return snapshot is [var stored] ? Cache(Read(id, stored.Version).Aggregate(stored, static (document, signed) => Apply(document, signed.Push))) : null;
    }

    /// <summary>Creates a document, and removes the one whose last change is the oldest when there are too many.</summary>
    /// <returns>The id of the document that was removed; null when none was.</returns>
    public string? Create(Document document)
    {
        var ids = Ids();
        var removed = ids.Count >= _options.MaxDocuments ? ids.Last(static id => id != Welcome.Id) : null;
        if (removed is not null)
        {
            _database.Execute("BEGIN; DELETE FROM pushes WHERE document = $0; DELETE FROM documents WHERE id = $0; COMMIT;", removed);
            _cache.Remove(removed);
        }

        _database.Execute(
            "INSERT INTO documents VALUES ($0, $1, $2, $3, $4, 0, $4, 0)", document.Id, document.Title, document.Key, document.Changed, document.Text);
        Cache(document);
        return removed;
    }

    /// <summary>Stores a title.</summary>
    public void Rename(Document document, string title)
    {
        _database.Execute("UPDATE documents SET title = $1 WHERE id = $0", document.Id, title);
        Cache(document with { Title = title });
    }

    /// <summary>Appends updates for the current version. They are on the disk when this method returns.</summary>
    /// <param name="document">The document.</param>
    /// <param name="signed">The updates.</param>
    /// <param name="text">The text after the updates.</param>
    public void Append(Document document, SignedPush signed, string text)
    {
        var (push, updates) = (signed.Push, JsonSerializer.Serialize(signed.Push.Updates, PadJson.Stored));
        _database.Execute(
            """
            INSERT INTO pushes SELECT $0, $1, $2, $3, $4, $5, $6, $7, $8,
                length($8) + COALESCE((SELECT total FROM pushes WHERE document = $0 ORDER BY version DESC LIMIT 1), 0)
            """,
            document.Id, push.Version, push.Updates.Count, push.Page, push.Number, signed.User, signed.Name, signed.Time, updates);
        var changed = Cache(document with { Text = text, Version = push.End, Changed = signed.Time });
        if (changed.Version / SnapshotInterval > document.Version / SnapshotInterval)
            _database.Execute("UPDATE documents SET text = $1, text_version = $2, changed = $3 WHERE id = $0", document.Id, changed.Text, changed.Version, changed.Changed);
        Prune(changed);
    }

    /// <summary>Returns the updates since a version, or null when they are not retained or the version is none of the document.</summary>
    public List<SignedPush>? Since(Document document, long version, int limit = int.MaxValue)
    {
        if (version > document.Version || version < Base(document.Id).Version) return null;
        var pushes = Read(document.Id, version, limit);
        return version == document.Version || (pushes is [var first, ..] && first.Push.Version == version) ? pushes : null;
    }

    /// <summary>Returns the earliest version that is retained, and its text.</summary>
    public (long Version, string Text) Base(string id) =>
        _database.Query("SELECT base_version, base FROM documents WHERE id = $0", static row => (row.GetInt64(0), row.GetString(1)), id)[0];

    public void Dispose()
    {
        _database.Dispose();
        Turns.Dispose();
    }

    // The time of the last push; a document without one keeps that of its creation or of its snapshot.
    private const string Changed = "COALESCE((SELECT time FROM pushes WHERE document = id ORDER BY version DESC LIMIT 1), changed)";

    private static Document Apply(Document document, Push push) => document with
    {
        Text = push.Updates.Aggregate(document.Text, static (text, update) => update.Apply(text)),
        Version = push.End,
    };

    private Document Cache(Document document)
    {
        // Everything is on the disk as well: a cleared cache costs a read per document.
        if (_cache.Count >= MaxCached && !_cache.ContainsKey(document.Id)) _cache.Clear();
        return _cache[document.Id] = document;
    }

    // A log is cut when it is a quarter above its limits, so that the cost of a cut is shared by many updates.
    private void Prune(Document document)
    {
        const string Ends = "SELECT version, total FROM pushes WHERE document = $0 ORDER BY version";
        var first = _database.Query($"{Ends} LIMIT 1", ReadEnd, document.Id)[0];
        var last = _database.Query($"{Ends} DESC LIMIT 1", ReadEnd, document.Id)[0];
        var (versions, bytes) = ((long)_options.RetainedVersions, RetainedBytes);
        if (document.Version - first.Version <= versions + (versions / 4) && last.Total - first.Total <= bytes + (bytes / 4)) return;

        var removed = _database.Query(
            "SELECT updates, version + count FROM pushes WHERE document = $0 AND (version + count <= $1 OR total <= $2) ORDER BY version",
            static row => (Updates: JsonSerializer.Deserialize(row.GetString(0), PadJson.Stored)!, End: row.GetInt64(1)),
            document.Id, document.Version - versions, last.Total - bytes);
        if (removed is []) return;
        var text = removed.SelectMany(static push => push.Updates).Aggregate(Base(document.Id).Text, static (text, update) => update.Apply(text));

        // The snapshot is never before the beginning of the log, from which it is brought up to date.
        _database.Execute(
            """
            BEGIN;
            UPDATE documents SET base = $1, base_version = $2, text = $3, text_version = $4, changed = $5 WHERE id = $0;
            DELETE FROM pushes WHERE document = $0 AND version < $2;
            COMMIT;
            """,
            document.Id, text, removed[^1].End, document.Text, document.Version, document.Changed);

        static (long Version, long Total) ReadEnd(SqliteDataReader row) => (row.GetInt64(0), row.GetInt64(1));
    }

    private List<SignedPush> Read(string id, long version, int limit = int.MaxValue) => _database.Query(
        "SELECT version, page, number, updates, user, name, time FROM pushes WHERE document = $0 AND version >= $1 ORDER BY version LIMIT $2",
        static row => new SignedPush(
            new(row.GetInt64(0), row.GetString(1), row.GetInt64(2), JsonSerializer.Deserialize(row.GetString(3), PadJson.Stored)!),
            row.GetString(4), row.GetString(5), row.GetInt64(6)),
        id, version, limit);
}
