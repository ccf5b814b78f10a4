using Showcase.Hosting;
using Showcase.Storage;

namespace Showcase.Social.People;

/// <summary>Who follows, mutes and blocks whom. It must be used within a turn.</summary>
public sealed class Relations
{
    private readonly Database _database;
    private readonly int _max;

    /// <summary>Creates the table when it is missing.</summary>
    /// <param name="database">The database.</param>
    /// <param name="max">The maximum number of relations of all people.</param>
    public Relations(Database database, int max)
    {
        (_database, _max) = (database, max);
        database.Execute("""
            CREATE TABLE IF NOT EXISTS relations (
                user TEXT NOT NULL, kind TEXT NOT NULL, other TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (user, kind, other)) STRICT, WITHOUT ROWID;
            CREATE INDEX IF NOT EXISTS relations_other ON relations (other, kind);
            """);
    }

    /// <summary>Whether no further relations are stored.</summary>
    public bool IsFull => _database.Number("SELECT COUNT(*) FROM relations")!.Value >= _max;

    /// <summary>Sets whether a relation exists. A block ends what either follows of the other.</summary>
    /// <returns>Whether this changed it.</returns>
    public bool Set(string user, Relation relation, bool on)
    {
        if (on && relation.Kind == RelationKind.Block)
            _database.Execute("DELETE FROM relations WHERE kind = 'follow' AND (user = $0 AND other = $1 OR user = $1 AND other = $0)", user, relation.User);
        var sql = on
            ? "INSERT INTO relations (user, kind, other, name) VALUES ($0, $1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1"
            : "DELETE FROM relations WHERE user = $0 AND kind = $1 AND other = $2 RETURNING 1";
        return _database.Number(sql, user, CamelCaseEnum<RelationKind>.NameOf(relation.Kind), relation.User, relation.Name) is not null;
    }

    /// <summary>Returns the relations of a person.</summary>
    public List<Relation> Of(string user) => _database.Query(
        "SELECT kind, other, name FROM relations WHERE user = $0 ORDER BY name, other",
        static row => new Relation(CamelCaseEnum<RelationKind>.Find(row.GetString(0))!.Value, row.GetString(1), row.GetString(2)), user);

    /// <summary>Returns the number of relations of a kind that a person has to others.</summary>
    public long CountOf(string user, RelationKind kind) =>
        _database.Number("SELECT COUNT(*) FROM relations WHERE user = $0 AND kind = $1", user, CamelCaseEnum<RelationKind>.NameOf(kind))!.Value;

    /// <summary>Returns the number of people who follow a person.</summary>
    public long FollowersOf(string user) => _database.Number("SELECT COUNT(*) FROM relations WHERE other = $0 AND kind = 'follow'", user)!.Value;

    /// <summary>Returns the people whose home timeline has a post: who has posted or reposted it, and those who follow that person and see both.</summary>
    public List<string> Audience(string user, string author) => _database.Query(
        """
        SELECT r.user FROM relations r WHERE r.other = $0 AND r.kind = 'follow'
            AND NOT EXISTS (SELECT 1 FROM relations h WHERE h.user = r.user AND h.kind IN ('mute', 'block') AND h.other IN ($0, $1))
            AND NOT EXISTS (SELECT 1 FROM relations b WHERE b.other = r.user AND b.kind = 'block' AND b.user IN ($0, $1))
        UNION SELECT $0
        """,
        static row => row.GetString(0), user, author);

    /// <summary>Returns whether a person has a relation to another one.</summary>
    public bool Has(string user, RelationKind kind, string other) => _database.Number(
        "SELECT 1 FROM relations WHERE user = $0 AND kind = $1 AND other = $2", user, CamelCaseEnum<RelationKind>.NameOf(kind), other) is not null;

    /// <summary>Returns whether one of two people has blocked the other.</summary>
    public bool AreBlocked(string one, string other) => Has(one, RelationKind.Block, other) || Has(other, RelationKind.Block, one);

    /// <summary>Returns whether a person has muted or blocked another one, or was blocked.</summary>
    public bool IsHidden(string reader, string other) => AreBlocked(reader, other) || Has(reader, RelationKind.Mute, other);
}
