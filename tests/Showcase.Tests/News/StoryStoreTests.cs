using Microsoft.Data.Sqlite;
using Showcase.News;
using Showcase.News.Stories;

namespace Showcase.Tests.News;

public sealed class StoryStoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("news");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("SELECT COUNT(*) FROM stories WHERE source = 'desk'")]
    [InlineData("SELECT time FROM stories WHERE breaking = 1 AND source = 'desk' ORDER BY time DESC LIMIT 1")]
    [InlineData("SELECT body FROM stories WHERE id = (SELECT story FROM items WHERE source = 'desk' AND key = 'k')")]
    public void What_a_turn_reads_of_a_source_is_found_by_an_index(string sql)
    {
        using var store = new StoryStore(_folder.FullName, new NewsOptions());
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.FullName, "news.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are those of this file.
        command.CommandText = $"EXPLAIN QUERY PLAN {sql}";
#pragma warning restore CA2100
        using var plan = command.ExecuteReader();
        while (plan.Read()) Assert.DoesNotContain("SCAN", plan.GetString(3), StringComparison.Ordinal);
    }

    [Fact]
    public void The_id_of_the_wire_survives_a_restart_and_is_not_that_of_another_one()
    {
        string urn;
        using (var store = new StoryStore(_folder.FullName, new NewsOptions())) urn = store.Urn;
        using var again = new StoryStore(_folder.FullName, new NewsOptions());
        using var other = new StoryStore(_folder.CreateSubdirectory("other").FullName, new NewsOptions());

        Assert.Equal(urn, again.Urn);
        Assert.NotEqual(urn, other.Urn);
    }
}
