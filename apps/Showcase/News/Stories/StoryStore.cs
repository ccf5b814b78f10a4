using System.Text.Json;
using Microsoft.Data.Sqlite;
using Showcase.Storage;

namespace Showcase.News.Stories;

/// <summary>The stories, what was read of the sources, and the read marks. It must be used within a turn.</summary>
internal sealed class StoryStore : Store
{
    private const int MarksPerUser = 500, ItemsPerStory = 10, PruneInterval = 64;
    private const long SameStoryMilliseconds = 3 * 24 * 3600 * 1000L;

    private const string Chosen = """
        (breaking = 1 OR (($0 IS NULL OR topic IN (SELECT value FROM json_each($0))) AND source NOT IN (SELECT value FROM json_each($1))))
        """;

    private readonly NewsOptions _options;

    /// <summary>Opens the database in a folder.</summary>
    public StoryStore(string folder, NewsOptions options)
        : base(folder, "news.db", "The news wire")
    {
        _options = options;
        Database.Execute("""
            CREATE TABLE IF NOT EXISTS stories (
                id INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL, topic TEXT NOT NULL, breaking INTEGER NOT NULL,
                time INTEGER NOT NULL, same TEXT, link TEXT, body TEXT NOT NULL) STRICT;
            CREATE INDEX IF NOT EXISTS stories_by_time ON stories (time, id);
            CREATE INDEX IF NOT EXISTS stories_by_source ON stories (source);
            CREATE INDEX IF NOT EXISTS stories_breaking ON stories (source, time) WHERE breaking = 1;
            CREATE INDEX IF NOT EXISTS stories_by_same ON stories (same);
            CREATE INDEX IF NOT EXISTS stories_by_link ON stories (link);
            CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(title, summary, tokenize = 'unicode61 remove_diacritics 2');
            CREATE TABLE IF NOT EXISTS items (
                number INTEGER PRIMARY KEY, source TEXT NOT NULL, key TEXT NOT NULL, hash TEXT NOT NULL, story INTEGER NOT NULL, UNIQUE (source, key)) STRICT;
            CREATE TABLE IF NOT EXISTS sources (address TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS marks (number INTEGER PRIMARY KEY, user TEXT NOT NULL, story INTEGER NOT NULL, UNIQUE (user, story)) STRICT;
            CREATE TABLE IF NOT EXISTS wire (urn TEXT NOT NULL) STRICT;
            """);
        Database.Execute("INSERT INTO wire SELECT $0 WHERE NOT EXISTS (SELECT 1 FROM wire)", $"urn:uuid:{Guid.NewGuid()}");
        Urn = Database.Query("SELECT urn FROM wire", static row => row.GetString(0))[0];
        RemoveOld();
        Database.Shrink();
    }

    /// <summary>The id of the wire, which no other one has.</summary>
    public string Urn { get; }

    /// <summary>Changes with each change of a story.</summary>
    public long Version { get; private set; }

    /// <summary>Returns a story, or null when there is none.</summary>
    public Story? Find(long id) => Database.Query("SELECT body FROM stories WHERE id = $0", Read, id) is [var story] ? story : null;

    /// <summary>Returns the story of a source's item, or null when there is none.</summary>
    public Story? Find(string source, string key) =>
        Database.Query("SELECT body FROM stories WHERE id = (SELECT story FROM items WHERE source = $0 AND key = $1)", Read, source, key) is [var story] ? story : null;

    /// <summary>Returns the latest stories of a choice before a story, newest first.</summary>
    public List<Story> Page(Choice choice, long time, long id, int limit) => Database.Query(
        $"SELECT body FROM stories WHERE {Chosen} AND (time, id) < ($2, $3) ORDER BY time DESC, id DESC LIMIT $4",
        Read, Json(choice.Topics), Json(choice.Hidden ?? []), time, id, limit);

    /// <summary>Returns the stories that contain all words of a text, newest first. The last word may be incomplete.</summary>
    public List<Story> Search(IReadOnlyList<string> words, int limit) => Database.Query(
        "SELECT body FROM stories WHERE id IN (SELECT rowid FROM words WHERE words MATCH $0) ORDER BY time DESC, id DESC LIMIT $1",
        Read, string.Join(' ', words.Select(static word => $"\"{word}\"")) + "*", limit);

    /// <summary>Returns the time of the latest breaking story of a source; null when there is none.</summary>
    public long? LastBreaking(string source) =>
        Database.Number("SELECT time FROM stories WHERE breaking = 1 AND source = $0 ORDER BY time DESC LIMIT 1", source);

    /// <summary>Returns the number of a source's stories.</summary>
    public long CountOf(string source) => Database.Number("SELECT COUNT(*) FROM stories WHERE source = $0", source)!.Value;

    /// <summary>Stores an item of a source: as a new story, a correction, a retraction, or as a further source of a story.</summary>
    /// <returns>The story that changed; null when none did.</returns>
    public Story? Take(Item item, Story draft, long now) => Database.Transaction(() => TakeItem(item, draft, now));

    /// <summary>Stores a changed story with the next revision.</summary>
    public Story Change(Story story)
    {
        var next = story with { Revision = story.Revision + 1 };
        Database.Execute("UPDATE stories SET body = $1 WHERE id = $0", next.Id, JsonSerializer.Serialize(next, NewsJson.Default.Story));
        Database.Execute("INSERT OR REPLACE INTO words (rowid, title, summary) VALUES ($0, $1, $2)", next.Id, next.Title, next.Summary);
        Version++;
        return next;
    }

    /// <summary>Returns what is stored of a source, or null when nothing is.</summary>
    public string? SourceState(string address) =>
        Database.Query("SELECT body FROM sources WHERE address = $0", static row => row.GetString(0), address) is [var body] ? body : null;

    /// <summary>Stores what must survive a restart of a source.</summary>
    public void SaveSource(string address, string body) =>
        Database.Execute("INSERT INTO sources VALUES ($0, $1) ON CONFLICT DO UPDATE SET body = excluded.body", address, body);

    /// <summary>Returns the ids of the stories that a user has read.</summary>
    public List<long> MarksOf(string user) => Database.Query("SELECT story FROM marks WHERE user = $0 ORDER BY story", static row => row.GetInt64(0), user);

    /// <summary>Stores that a user has read stories, or has not.</summary>
    public void Save(string user, Mark mark)
    {
        var ids = JsonSerializer.Serialize(mark.Ids, NewsJson.Default.IReadOnlyListInt64);
        if (!mark.IsRead)
        {
            Database.Execute("DELETE FROM marks WHERE user = $0 AND story IN (SELECT value FROM json_each($1))", user, ids);
            return;
        }

        Database.Execute("INSERT INTO marks (user, story) SELECT $0, id FROM stories WHERE id IN (SELECT value FROM json_each($1)) ON CONFLICT DO NOTHING", user, ids);
        Database.Execute("DELETE FROM marks WHERE user = $0 AND story NOT IN (SELECT story FROM marks WHERE user = $0 ORDER BY story DESC LIMIT $1)", user, MarksPerUser);
        Database.Execute("DELETE FROM marks WHERE number <= (SELECT MAX(number) FROM marks) - $0", _options.MaxMarks);
    }

    private Story? TakeItem(Item item, Story draft, long now)
    {
        var known = Database.Query("SELECT story, hash FROM items WHERE source = $0 AND key = $1", static row => (Story: row.GetInt64(0), Hash: row.GetString(1)), draft.Source, item.Key);
        if (known is [var (id, hash)])
        {
            if (hash == item.Hash) return null;
            Database.Execute("UPDATE items SET hash = $2 WHERE source = $0 AND key = $1", draft.Source, item.Key, item.Hash);

            // Only the source that was first changes a story, and its retraction is final.
            if (Find(id) is not { Retracted: null } story || story.Source != draft.Source) return null;
            return Change(item.Retracted is null ? story.Correct(item.Title, item.Summary, now) : story.Retract(item.Retracted, now));
        }

        if (item.Retracted is not null) return null;
        if (Same(item, draft) is not { } same) return Insert(item, draft);
        Remember(item, draft.Source, same.Id);
        if (same.Source == draft.Source || same.Also?.Contains(draft.Source) == true) return null;
        return Change(same with { Also = [.. same.Also ?? [], draft.Source] });
    }

    // A source may give an old story a new key. Two sources rarely have the same key, but often the same headline or link.
    // Both are indexed, so the condition is not a CASE, which no index serves.
    private Story? Same(Item item, Story draft) => Database.Query(
        """
        SELECT body FROM stories WHERE time > $3 AND (same = $1 OR link = $2) AND (source <> $0 OR (same = $1 AND link IS $2))
        ORDER BY time, id LIMIT 1
        """,
        Read, draft.Source, item.SameAs, draft.Link, draft.Time - SameStoryMilliseconds) is [var story] ? story : null;

    private Story Insert(Item item, Story draft)
    {
        var id = Database.Number(
            "INSERT INTO stories (source, topic, breaking, time, same, link, body) VALUES ($0, $1, $2, $3, $4, $5, '') RETURNING id",
            draft.Source, draft.Topic, draft.IsBreaking ? 1 : 0, draft.Time, item.SameAs, draft.Link)!.Value;
        Remember(item, draft.Source, id);
        if (id % PruneInterval == 0) RemoveOld();
        return Change(draft with { Id = id });
    }

    private void Remember(Item item, string source, long story) =>
        Database.Execute("INSERT INTO items (source, key, hash, story) VALUES ($0, $1, $2, $3)", source, item.Key, item.Hash, story);

    // An item outlives its story, so that a feed that still contains it does not bring it back.
    private void RemoveOld()
    {
        foreach (var id in Database.Query("DELETE FROM stories WHERE id <= (SELECT MAX(id) FROM stories) - $0 RETURNING id", static row => row.GetInt64(0), _options.MaxStories))
            Database.Execute("DELETE FROM words WHERE rowid = $0", id);
        Database.Execute("DELETE FROM marks WHERE story <= (SELECT MAX(id) FROM stories) - $0", _options.MaxStories);
        Database.Execute("DELETE FROM items WHERE number <= (SELECT MAX(number) FROM items) - $0", (long)_options.MaxStories * ItemsPerStory);
    }

    private static string? Json(IReadOnlyList<string>? values) => values is null ? null : JsonSerializer.Serialize(values, NewsJson.Default.IReadOnlyListString);

    private static Story Read(SqliteDataReader row) => JsonSerializer.Deserialize(row.GetString(0), NewsJson.Default.Story)!;
}
