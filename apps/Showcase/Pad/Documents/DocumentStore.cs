using System.Text.Json;
using Showcase.Storage;

namespace Showcase.Pad.Documents;

/// <summary>
/// Documents in a database: of each the log of its updates, and now and then its text, so that reading it needs few updates. The
/// log begins at the earliest text. It must be used within a turn.
/// </summary>
internal sealed class DocumentStore : Store
{
    private const int MaxCached = 256, TextsInLog = 4;
    private const long RetainedSize = 1 << 20;

    private readonly PadOptions _options;
    private readonly Dictionary<string, Document> _cache = [];

    /// <summary>Opens the database in a folder.</summary>
    public DocumentStore(string folder, PadOptions options)
        : base(folder, "documents.db", "The server of the documents", survivesPowerLoss: true)
    {
        _options = options;
        Database.Execute("""
            CREATE TABLE IF NOT EXISTS documents (id TEXT PRIMARY KEY, title TEXT NOT NULL, key TEXT, changed INTEGER NOT NULL) STRICT, WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS texts (
                document TEXT NOT NULL, version INTEGER NOT NULL, written INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (document, version)) STRICT;
            CREATE TABLE IF NOT EXISTS pushes (
                document TEXT NOT NULL, version INTEGER NOT NULL, page TEXT NOT NULL, number INTEGER NOT NULL,
                user TEXT NOT NULL, name TEXT NOT NULL, time INTEGER NOT NULL, updates TEXT NOT NULL,
                PRIMARY KEY (document, version)) STRICT, WITHOUT ROWID;
            """);
        Database.Shrink();
    }

    /// <summary>Returns the ids of the documents, that with the latest change first.</summary>
    public List<string> Ids() => Database.Query("SELECT id FROM documents ORDER BY changed DESC", static row => row.GetString(0));

    /// <summary>Returns a document, or null when there is none.</summary>
    public Document? Find(string id)
    {
        if (_cache.TryGetValue(id, out var cached)) return cached;
        var stored = Database.Query(
            "SELECT title, key, changed, version, text, written FROM documents JOIN texts ON document = id WHERE id = $0 ORDER BY version DESC LIMIT 1",
            row => new Document(id, row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetString(4))
            {
                Written = row.GetInt64(5),
                Stored = (row.GetInt64(3), row.GetInt64(5)),
            },
            id);
        return stored is [var document] ? Cache(Read(id, document.Version).Aggregate(document, After)) : null;
    }

    /// <summary>Creates a document, and removes the one whose last change is the oldest when there are too many.</summary>
    /// <returns>The id of the document that was removed; null when none was.</returns>
    public string? Create(Document document)
    {
        var ids = Ids();
        var removed = ids.Count >= _options.MaxDocuments ? ids.Last(static id => id != Welcome.Id) : null;
        Share();
        Database.Execute(
            """
            DELETE FROM documents WHERE id = $5;
            DELETE FROM texts WHERE document = $5;
            DELETE FROM pushes WHERE document = $5;
            INSERT INTO documents VALUES ($0, $1, $2, $3);
            INSERT INTO texts VALUES ($0, 0, 0, $4);
            """,
            document.Id, document.Title, document.Key, document.Changed, document.Text, removed);
        if (removed is not null) _cache.Remove(removed);
        Cache(document);
        return removed;
    }

    /// <summary>Stores a title.</summary>
    public void Rename(Document document, string title)
    {
        Share();
        Database.Execute("UPDATE documents SET title = $1 WHERE id = $0", document.Id, title);
        Cache(document with { Title = title });
    }

    /// <summary>Appends updates for the current version. They are on the disk when the turn's changes are committed.</summary>
    /// <param name="document">The document.</param>
    /// <param name="signed">The updates.</param>
    /// <param name="text">The text after the updates.</param>
    public void Append(Document document, SignedPush signed, string text)
    {
        var push = signed.Push;
        Share();
        var stored = StoreText(document);
        Database.Execute(
            "INSERT INTO pushes VALUES ($0, $1, $2, $3, $4, $5, $6, $7); UPDATE documents SET changed = $6 WHERE id = $0;",
            document.Id, push.Version, push.Page, push.Number, signed.User, signed.Name, signed.Time, JsonSerializer.Serialize(push.Updates, PadJson.Stored));
        Cache(stored.After(push, text) with { Changed = signed.Time });
    }

    /// <summary>Returns the updates since a version, or null when they are not retained or the version is none of the document.</summary>
    public List<SignedPush>? Since(Document document, long version, int limit = int.MaxValue)
    {
        var pushes = Read(document.Id, version, limit);
        return version == document.Version || (pushes is [var first, ..] && first.Push.Version == version) ? pushes : null;
    }

    /// <summary>Returns the earliest version that is retained, and its text.</summary>
    public (long Version, string Text) Base(string id) => Database.Query(
        "SELECT version, text FROM texts WHERE document = $0 ORDER BY version LIMIT 1", static row => (row.GetInt64(0), row.GetString(1)), id)[0];

    protected override void Forget() => _cache.Clear();

    private static Document After(Document document, SignedPush signed) =>
        document.After(signed.Push, signed.Push.Updates.Aggregate(document.Text, static (text, update) => update.Apply(text)));

    private Document Cache(Document document)
    {
        // Everything is on the disk as well: a cleared cache costs a read per document.
        if (_cache.Count >= MaxCached && !_cache.ContainsKey(document.Id)) _cache.Clear();
        return _cache[document.Id] = document;
    }

    // The text is stored several times within the log, which is then cut at the latest text with enough updates behind it.
    private Document StoreText(Document document)
    {
        var (versions, size) = (document.Version - document.Stored.Version, document.Written - document.Stored.Written);
        if (versions < _options.RetainedVersions / TextsInLog && size < RetainedSize / TextsInLog) return document;
        Database.Execute(
            """
            INSERT INTO texts VALUES ($0, $1, $2, $3);
            DELETE FROM texts WHERE document = $0
                AND version < (SELECT MAX(version) FROM texts WHERE document = $0 AND (version <= $4 OR written <= $5));
            DELETE FROM pushes WHERE document = $0 AND version < (SELECT MIN(version) FROM texts WHERE document = $0);
            """,
            document.Id, document.Version, document.Written, document.Text, document.Version - _options.RetainedVersions, document.Written - RetainedSize);
        return document with { Stored = (document.Version, document.Written) };
    }

    private List<SignedPush> Read(string id, long version, int limit = int.MaxValue) => Database.Query(
        "SELECT version, page, number, updates, user, name, time FROM pushes WHERE document = $0 AND version >= $1 ORDER BY version LIMIT $2",
        static row => new SignedPush(
            new(row.GetInt64(0), row.GetString(1), row.GetInt64(2), JsonSerializer.Deserialize(row.GetString(3), PadJson.Stored)!),
            row.GetString(4), row.GetString(5), row.GetInt64(6)),
        id, version, limit);
}
