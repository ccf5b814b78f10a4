using Microsoft.Data.Sqlite;
using Showcase.Board.Market;
using Showcase.Storage;

namespace Showcase.Board.Watching;

/// <summary>The lists and alerts of all users in a database. It must be used within a turn.</summary>
internal sealed class WatchStore : Store
{
    private const string AlertColumns = "id, symbol, side, price, created, fired_price, fired, user";

    private readonly BoardOptions _options;

    // The alerts that wait, by instrument: the feed compares each quote with them.
    private readonly Dictionary<string, List<OwnedAlert>> _waiting = [];

    /// <summary>Opens the database in a folder.</summary>
    public WatchStore(string folder, BoardOptions options)
        : base(folder, "board.db", "The watch board")
    {
        _options = options;
        Database.Execute("""
            CREATE TABLE IF NOT EXISTS lists (
                number INTEGER PRIMARY KEY, user TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, symbols TEXT NOT NULL,
                version INTEGER NOT NULL, UNIQUE (user, id)) STRICT;
            CREATE TABLE IF NOT EXISTS alerts (
                number INTEGER PRIMARY KEY, user TEXT NOT NULL, id TEXT NOT NULL, symbol TEXT NOT NULL, side TEXT NOT NULL,
                price TEXT NOT NULL, created INTEGER NOT NULL, fired INTEGER, fired_price TEXT, UNIQUE (user, id)) STRICT;
            """);
        foreach (var owned in Database.Query($"SELECT {AlertColumns} FROM alerts WHERE fired IS NULL", ReadAlert)) Wait(owned);
        Database.Shrink();
    }

    /// <summary>The instruments of the alerts that wait.</summary>
    public IEnumerable<string> WaitingSymbols => _waiting.Keys;

    /// <summary>Returns the lists of a user, the oldest first.</summary>
    public List<WatchList> ListsOf(string user) => Database.Query(
        "SELECT id, name, symbols, version FROM lists WHERE user = $0 ORDER BY number", ReadList, user);

    /// <summary>Returns a list of a user, or null when there is none.</summary>
    public WatchList? FindList(string user, string id) =>
        Database.Query("SELECT id, name, symbols, version FROM lists WHERE user = $0 AND id = $1", ReadList, user, id) is [var list] ? list : null;

    /// <summary>Stores a list, new or changed, and removes the oldest of all when there are too many.</summary>
    public void Save(string user, WatchList list)
    {
        Database.Execute(
            """
            INSERT INTO lists (user, id, name, symbols, version) VALUES ($0, $1, $2, $3, $4)
            ON CONFLICT DO UPDATE SET name = excluded.name, symbols = excluded.symbols, version = excluded.version
            """,
            user, list.Id, list.Name, string.Join(' ', list.Symbols), list.Version);
        Database.Execute("DELETE FROM lists WHERE number <= (SELECT MAX(number) FROM lists) - $0", _options.MaxLists);
    }

    /// <summary>Removes a list.</summary>
    /// <returns>Whether there was one.</returns>
    public bool RemoveList(string user, string id) =>
        Database.Number("DELETE FROM lists WHERE user = $0 AND id = $1 RETURNING number", user, id) is not null;

    /// <summary>Returns the alerts of a user, the oldest first.</summary>
    public List<Alert> AlertsOf(string user) =>
        [.. Database.Query($"SELECT {AlertColumns} FROM alerts WHERE user = $0 ORDER BY number", ReadAlert, user).Select(static owned => owned.Alert)];

    /// <summary>Stores a new alert, and removes the oldest of all when there are too many.</summary>
    public void Add(string user, Alert alert)
    {
        Database.Execute(
            "INSERT INTO alerts (user, id, symbol, side, price, created) VALUES ($0, $1, $2, $3, $4, $5)",
            user, alert.Id, alert.Symbol, alert.Side, alert.Price, alert.Created);
        Wait(new(user, alert));
        foreach (var removed in Database.Query(
            $"DELETE FROM alerts WHERE number <= (SELECT MAX(number) FROM alerts) - $0 RETURNING {AlertColumns}", ReadAlert, _options.MaxAlerts))
            StopWaiting(removed);
    }

    /// <summary>Returns the waiting alerts of an instrument.</summary>
    public IReadOnlyList<OwnedAlert> WaitingFor(string symbol) => _waiting.TryGetValue(symbol, out var alerts) ? alerts : [];

    /// <summary>Stores that an alert has fired. It is on the disk when this method returns, so it fires once, also after a restart.</summary>
    public Alert Fire(OwnedAlert owned, Quote quote)
    {
        Database.Execute(
            "UPDATE alerts SET fired = $2, fired_price = $3 WHERE user = $0 AND id = $1", owned.User, owned.Alert.Id, quote.Time, quote.Price);
        StopWaiting(owned);
        return owned.Alert with { Fired = quote };
    }

    /// <summary>Removes an alert.</summary>
    /// <returns>Whether there was one.</returns>
    public bool RemoveAlert(string user, string id)
    {
        var removed = Database.Query($"DELETE FROM alerts WHERE user = $0 AND id = $1 RETURNING {AlertColumns}", ReadAlert, user, id);
        foreach (var owned in removed) StopWaiting(owned);
        return removed.Count > 0;
    }

    private static WatchList ReadList(SqliteDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2).Split(' ', StringSplitOptions.RemoveEmptyEntries), row.GetInt64(3));

    private static OwnedAlert ReadAlert(SqliteDataReader row)
    {
        var alert = new Alert(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4));
        return new(row.GetString(7), row.IsDBNull(6) ? alert : alert with { Fired = new(alert.Symbol, row.GetString(5), row.GetInt64(6)) });
    }

    private void Wait(OwnedAlert owned)
    {
        if (!_waiting.TryGetValue(owned.Alert.Symbol, out var alerts)) _waiting[owned.Alert.Symbol] = alerts = [];
        alerts.Add(owned);
    }

    private void StopWaiting(OwnedAlert owned)
    {
        if (!_waiting.TryGetValue(owned.Alert.Symbol, out var alerts)) return;
        alerts.RemoveAll(other => other.User == owned.User && other.Alert.Id == owned.Alert.Id);
        if (alerts.Count == 0) _waiting.Remove(owned.Alert.Symbol);
    }
}
