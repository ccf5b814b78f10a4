using Showcase.Storage;

namespace Showcase.Social.Posts;

/// <summary>Reads timelines. It must be used within a turn.</summary>
public sealed class Timelines(Database database, PostLog log)
{
    // The people whom the reader $0 has muted or blocked, and those who have blocked the reader.
    internal const string Hidden = """
        SELECT other FROM relations WHERE user = $0 AND kind IN ('mute', 'block') UNION SELECT user FROM relations WHERE other = $0 AND kind = 'block'
        """;

    private const string Seen = $"e.user NOT IN ({Hidden}) AND e.author NOT IN ({Hidden})";

    /// <summary>Returns the latest entries of a timeline between two ids, both exclusive, and the number of the others between them.</summary>
    public Page Read(TimelineOf of, string reader, long before, long after, int limit)
    {
        var (where, value) = of switch
        {
            { Tag: { } tag } => ("e.id = e.post AND e.post IN (SELECT post FROM tags WHERE tag = $3)", tag),
            { User: { } user } => ("e.user = $3", user),
            { IsHome: true } => ("(e.user = $3 OR e.user IN (SELECT other FROM relations WHERE user = $3 AND kind = 'follow'))", reader),
            _ => ("e.id = e.post AND $3 = ''", ""),
        };
        var range = $"FROM entries e WHERE e.id < $1 AND e.id > $2 AND {where} AND {Seen}";
        var lines = database.Query(
            $"SELECT e.id, e.user, e.name, e.post {range} ORDER BY e.id DESC LIMIT $4",
            static row => (Id: row.GetInt64(0), User: row.GetString(1), Name: row.GetString(2), Post: row.GetInt64(3)), reader, before, after, value, limit);
        var posts = log.Find(lines.ConvertAll(static line => line.Post), reader).ToDictionary(static post => post.Id);
        var left = lines.Count < limit ? 0 : database.Number($"SELECT COUNT(*) {range}", reader, lines[^1].Id, after, value)!.Value;
        var latest = database.Number("SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = 'ids'")!.Value;
        return new([.. lines.Select(line => new Entry(line.Id, line.User, line.Name, posts[line.Post]))], left, latest);
    }
}
