using Microsoft.Data.Sqlite;
using Showcase.Storage;

namespace Showcase.Tests.Storage;

public sealed class DatabaseTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("database");

    public void Dispose() => _folder.Delete(recursive: true);

    // https://www.sqlite.org/pragma.html#pragma_synchronous: 1 is NORMAL, 2 is FULL.
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public void Each_commit_waits_for_the_disk_only_where_a_power_loss_must_lose_nothing(bool survivesPowerLoss, long synchronous)
    {
        using var database = new Database(_folder.FullName, "test.db", survivesPowerLoss);
        Assert.Equal(synchronous, database.Number("PRAGMA synchronous"));
        Assert.Equal(["wal"], database.Query("PRAGMA journal_mode", static row => row.GetString(0)));
    }

    [Fact]
    public void A_batch_that_fails_leaves_nothing_and_the_next_one_works()
    {
        using var database = new Database(_folder.FullName, "test.db");
        database.Execute("CREATE TABLE numbers (number INTEGER PRIMARY KEY)");

        var fault = Assert.Throws<SqliteException>(() => database.Execute(
            "BEGIN; INSERT INTO numbers VALUES (1); INSERT INTO numbers VALUES (1); COMMIT;"));

        Assert.Equal("test.db", fault.Data[Database.FileKey]);
        database.Execute("BEGIN; INSERT INTO numbers VALUES ($0); COMMIT;", 7);
        Assert.Equal([7L], database.Query("SELECT number FROM numbers", static row => row.GetInt64(0)));
    }
}
