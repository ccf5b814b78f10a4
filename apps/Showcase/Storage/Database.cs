using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Showcase.Storage;

/// <summary>An SQLite database of one application. It must not be used by two threads at once; see <see cref="Turns"/>.</summary>
public sealed class Database : IDisposable
{
    private const int BusySeconds = 3;
    private const long WalBytes = 4 << 20, MaxFreeBytes = 16 << 20;

    private readonly SqliteConnection _connection;
    private readonly string _file;

    /// <summary>The key of the file's name in the data of an exception of SQLite.</summary>
    public static string FileKey => "database";

    /// <summary>Whether a transaction is open. A statement that fails rolls it back.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(_connection.Handle) == 0;

    /// <summary>Opens a database, and creates it and its folder when they are missing.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="file">The name of the file.</param>
    /// <param name="survivesPowerLoss">
    /// Whether each commit waits until the disk has the write-ahead log. Without it a crash of the process loses nothing, and a crash
    /// of the machine loses the latest writes at most.
    /// </param>
    public Database(string folder, string file, bool survivesPowerLoss = false)
    {
        _file = file;
        Directory.CreateDirectory(folder);
        var builder = new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(folder, file),
            Pooling = false,
            DefaultTimeout = BusySeconds,
        };
        _connection = new SqliteConnection(builder.ToString());
        try
        {
            _connection.Open();

            Execute($"""
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = {(survivesPowerLoss ? "FULL" : "NORMAL")};
                PRAGMA journal_size_limit = {WalBytes};
                """);
        }
        catch (Exception exception)
        {
            exception.Data[FileKey] = file;
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs work whose statements are stored all together or, when it throws, not at all.</summary>
    public T Transaction<T>(Func<T> work)
    {
        Execute("BEGIN IMMEDIATE");
        try
        {
            var result = work();
            Execute("COMMIT");
            return result;
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    /// <summary>
    /// Runs statements; <c>$0</c>, <c>$1</c> and so on are the values. Several are one transaction with <c>BEGIN</c> and <c>COMMIT</c>,
    /// of which nothing remains when one fails.
    /// </summary>
    public void Execute(string sql, params object?[] values) => Query(sql, static _ => 0, values);

    /// <summary>Returns the first column of the first row, or null when there is no row.</summary>
    public long? Number(string sql, params object?[] values) => Query(sql, static row => row.GetInt64(0), values) is [var number, ..] ? number : null;

    /// <summary>Runs a statement, which is its own transaction, and returns its rows. It is committed when this method returns.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params object?[] values)
    {
        try
        {
            return Rows(sql, read, values);
        }
        catch (SqliteException exception)
        {
            RollBack();
            exception.Data[FileKey] = _file;
            throw;
        }
    }

    // A statement that failed within a transaction has left it open.
    private void RollBack()
    {
        if (IsInTransaction) Rows("ROLLBACK", static _ => 0, []);
    }

    private List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read, object?[] values)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is a constant of a store; values are passed as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < values.Length; i++) command.Parameters.AddWithValue($"${i}", values[i] ?? DBNull.Value);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    /// <summary>Adds a column to a table that an earlier version of the program created without it.</summary>
    public void EnsureColumn(string table, string column, string type)
    {
        if (Number("SELECT COUNT(*) FROM pragma_table_info($0) WHERE name = $1", table, column) == 0)
            Execute($"ALTER TABLE {table} ADD COLUMN {column} {type}");
    }

    /// <summary>
    /// Returns many free pages to the file system. SQLite reuses free pages, so a file does not grow; but after limits were
    /// lowered, many remain.
    /// </summary>
    public void Shrink()
    {
        if (Number("PRAGMA freelist_count") * Number("PRAGMA page_size") > MaxFreeBytes) Execute("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);");
    }

    public void Dispose() => _connection.Dispose();
}
