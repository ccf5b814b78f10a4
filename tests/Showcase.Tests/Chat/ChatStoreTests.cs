using Microsoft.Data.Sqlite;
using Showcase.Chat;
using Showcase.Conversations;

namespace Showcase.Tests.Chat;

public sealed class ChatStoreTests : IDisposable
{
    private const int Kept = 100, Batch = 64;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("chat");
    private readonly ChatStore _store;

    public ChatStoreTests() => _store = new ChatStore(_data.FullName, new ChatOptions { MessagesPerRoom = Kept, MarkersPerRoom = Kept });

    public void Dispose()
    {
        _store.Dispose();
        _data.Delete(recursive: true);
    }

    [Fact]
    public void Old_messages_are_removed_while_new_ones_come_and_the_file_stays_below_a_bound()
    {
        var text = new string('\u20AC', 2000);
        for (var i = 0; i < 20 * Kept; i++) Append("lobby", $"message-{i}", text);

        Assert.InRange(Number("SELECT COUNT(*) FROM messages"), Kept, Kept + Batch);
        // What is kept, the pages that are free between two removals, and the write-ahead log's own bound.
        Assert.InRange(_data.EnumerateFiles().Sum(file => file.Length), 0, (2 * (Kept + Batch) * 3 * text.Length) + (8 << 20));
        Assert.Equal(20 * Kept, _store.Messages.Latest("lobby")!.Id);
    }

    [Fact]
    public void Markers_are_bounded_in_number_and_the_farthest_stay()
    {
        for (var i = 0; i < 10; i++) Append("lobby", $"message-{i}", "Hello");
        _store.Markers.Move("lobby", "ada", "Ada", 10);
        for (var i = 0; i < 20 * Kept; i++) _store.Markers.Move("lobby", $"key-{i}", "Visitor", 1);

        Assert.InRange(Number("SELECT COUNT(*) FROM reads"), Kept, Kept + Batch);
        Assert.Equal(10, _store.Markers.Of("lobby", "ada"));
    }

    [Fact]
    public void A_marker_of_a_message_that_was_removed_goes_with_it()
    {
        Append("lobby", "message-0", "Hello");
        _store.Markers.Move("lobby", "ada", "Ada", 1);
        for (var i = 1; i < 4 * Kept; i++) Append("lobby", $"message-{i}", "Hello");

        Assert.Equal(0, Number("SELECT COUNT(*) FROM reads"));
        Assert.Empty(_store.Markers.Of("lobby"));
    }

    [Fact]
    public void A_room_that_is_flooded_takes_nothing_from_another()
    {
        Append("random", "message-a", "Hello");
        _store.Markers.Move("random", "ada", "Ada", 1);
        for (var i = 0; i < 4 * Kept; i++) Append("lobby", $"message-{i}", "Hello");

        Assert.Equal("Hello", _store.Messages.Latest("random")!.Text);
        Assert.Equal(1, _store.Markers.Of("random", "ada"));
    }

    [Theory]
    [InlineData("SELECT user, name, id FROM reads WHERE room = 'lobby' ORDER BY id DESC LIMIT 100")]
    [InlineData("SELECT id FROM messages WHERE room = 'lobby' AND id < 50 ORDER BY id DESC LIMIT 50")]
    [InlineData("SELECT id FROM reads WHERE room = 'lobby' AND user = 'ada'")]
    [InlineData("SELECT id FROM messages WHERE user = 'ada' AND client_id = 'message-1'")]
    public void What_a_turn_reads_is_found_by_an_index(string sql)
    {
        var plan = Query($"EXPLAIN QUERY PLAN {sql}", row => row.GetString(3));
        Assert.All(plan, step => Assert.StartsWith("SEARCH", step, StringComparison.Ordinal));
    }

    [Fact]
    public void What_an_older_server_kept_beyond_the_limits_is_removed_and_given_back_at_the_start()
    {
        var folder = _data.CreateSubdirectory("older").FullName;
        using (var older = new ChatStore(folder, new ChatOptions()))
        {
            for (var i = 0; i < 4000; i++) older.Messages.Append(Draft("lobby", $"message-{i}", new string('\u20AC', 2000)));
        }

        using var store = new ChatStore(folder, new ChatOptions { MessagesPerRoom = Kept });
        Assert.Equal(4000, store.Messages.Latest("lobby")!.Id);
        Assert.InRange(new FileInfo(Path.Combine(folder, "rooms.db")).Length, 0, 4 << 20);
    }

    private void Append(string room, string clientId, string text) => _store.Messages.Append(Draft(room, clientId, text));

    private static Message Draft(string room, string clientId, string text) => new(0, room, "ada", "Ada", text, 1, clientId);

    private long Number(string sql) => Query(sql, row => row.GetInt64(0))[0];

    private List<T> Query<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_data.FullName, "rooms.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }
}
