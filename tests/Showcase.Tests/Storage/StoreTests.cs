using Microsoft.Data.Sqlite;
using Showcase.Storage;

namespace Showcase.Tests.Storage;

public sealed class StoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("store");
    private readonly NumberStore _store;

    public StoreTests() => _store = new(_folder.FullName);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_change_is_committed_when_its_turn_has_ended()
    {
        await _store.RunAsync(() => _store.Add(1), Stop);
        Assert.Equal([1L], Stored());
    }

    [Fact]
    public async Task Turns_that_wait_for_each_other_share_one_commit_which_is_awaited_by_readers_too()
    {
        var held = await _store.Turns.TakeAsync(Stop);
        _store.Add(1);
        var second = await WaitingAsync(() => _store.RunAsync(() => _store.Add(2), Stop));
        var reading = await WaitingAsync(() => _store.RunAsync(_store.Count, Stop));
        Assert.Empty(Stored());

        held.Dispose();

        Assert.Equal(2, await reading.Task);
        Assert.Equal([1L, 2L], Stored());
        await second.Task;
    }

    [Fact]
    public async Task A_transaction_is_shared_by_a_bounded_number_of_changes()
    {
        var held = await _store.Turns.TakeAsync(Stop);
        for (var number = 0; number < 64; number++) _store.Add(number);
        var next = await WaitingAsync(() => _store.Turns.TakeAsync(Stop));

        held.Dispose();

        Assert.Equal(64, Stored().Count);
        (await next.Task).Dispose();
    }

    [Fact]
    public async Task What_follows_a_commit_runs_after_it_and_in_order()
    {
        var seen = new List<string>();
        var followed = new List<Task>();
        using (await _store.Turns.TakeAsync(Stop))
        {
            foreach (var number in (int[])[1, 2])
            {
                _store.Add(number);
                followed.Add(_store.FollowAsync(async () =>
                {
                    await Task.Yield();
                    seen.Add($"{number} of {Stored().Count}");
                }));
            }

            Assert.Empty(seen);
        }

        await Task.WhenAll(followed);
        Assert.Equal(["1 of 2", "2 of 2"], seen);
    }

    [Fact]
    public async Task A_change_that_fails_rolls_the_shared_transaction_back_and_fails_all_that_are_in_it()
    {
        var held = await _store.Turns.TakeAsync(Stop);
        _store.Add(1);
        var followed = _store.FollowAsync(static () => throw new InvalidOperationException("Nothing follows what was not committed."));
        var failing = await WaitingAsync(() => _store.RunAsync(() => _store.Add(1), Stop));
        var later = await WaitingAsync(() => _store.RunAsync(() => _store.Add(3), Stop));

        held.Dispose();

        await Assert.ThrowsAsync<SqliteException>(() => failing.Task);
        await Assert.ThrowsAsync<SqliteException>(() => followed);
        await later.Task;
        Assert.Equal(1, _store.Forgotten);
        Assert.Equal([3L], Stored());
    }

    [Fact]
    public async Task A_turn_may_end_after_the_store_is_disposed()
    {
        var held = await _store.Turns.TakeAsync(Stop);
        _store.Dispose();
        Assert.Null(Record.Exception(held.Dispose));
    }

    // Turns are granted in the order in which they began to wait.
    private async Task<(Task<T> Task, long Before)> WaitingAsync<T>(Func<Task<T>> start)
    {
        var before = _store.Turns.Waiting;
        var task = start();
        while (_store.Turns.Waiting == before)
        {
            Stop.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        return (task, before);
    }

    // What another connection reads is committed.
    private List<long> Stored()
    {
        using var other = new Database(_folder.FullName, "numbers.db");
        return other.Query("SELECT number FROM numbers ORDER BY number", static row => row.GetInt64(0));
    }

    private sealed class NumberStore : Store
    {
        public NumberStore(string folder)
            : base(folder, "numbers.db", "The store") => Database.Execute("CREATE TABLE numbers (number INTEGER PRIMARY KEY)");

        public int Forgotten { get; private set; }

        public bool Add(int number)
        {
            Share();
            Database.Execute("INSERT INTO numbers VALUES ($0)", number);
            return true;
        }

        public long Count() => Database.Number("SELECT COUNT(*) FROM numbers")!.Value;

        protected override void Forget() => Forgotten++;
    }
}
