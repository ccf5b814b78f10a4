namespace Showcase.Storage;

/// <summary>
/// The database of one application, and the exclusive turns in which it must be used. Turns that wait for each other may share a
/// transaction, so that many changes wait for the disk once.
/// </summary>
public abstract class Store : IDisposable
{
    private const int MaxShared = 64;

    private TaskCompletionSource? _commit;
    private Task _followed = Task.CompletedTask;
    private int _changes;

    /// <summary>Opens the database in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="file">The name of the file.</param>
    /// <param name="name">The name of the application in the message for a rejected caller, such as "The chat".</param>
    /// <param name="survivesPowerLoss">Whether a power loss must lose nothing either; see <see cref="Storage.Database"/>.</param>
    protected Store(string folder, string file, string name, bool survivesPowerLoss = false) =>
        (Database, Turns) = (new Database(folder, file, survivesPowerLoss), new Turns(name, EndTurn));

    /// <summary>The turns, which are exclusive.</summary>
    public Turns Turns { get; }

    /// <summary>The database.</summary>
    protected Database Database { get; }

    /// <summary>Reads from the database, and throws when it cannot be read.</summary>
    public void Check() => Database.Number("SELECT COUNT(*) FROM sqlite_schema");

    /// <summary>Runs a function within a turn. Completes when what it changed, or read of changes before it, is committed.</summary>
    public async Task<T> RunAsync<T>(Func<T> function, CancellationToken cancellationToken = default)
    {
        T result;
        Task committed;
        using (await Turns.TakeAsync(cancellationToken)) (result, committed) = (function(), _commit?.Task ?? Task.CompletedTask);
        await committed;
        return result;
    }

    /// <summary>Runs an action when the changes so far are committed, in the order of the calls. Must be called within a turn.</summary>
    public Task FollowAsync(Func<ValueTask> action)
    {
        return _followed = RunAfterAsync(_followed, _commit?.Task ?? Task.CompletedTask);

        async Task RunAfterAsync(Task before, Task committed)
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await committed;
            await action();
        }
    }

    /// <summary>Commits the shared transaction, if there is one. The end of a turn for which no other one waits does it as well.</summary>
    public void Commit()
    {
        if (_commit is not { } commit) return;
        (_commit, _changes) = (null, 0);
        try
        {
            Database.Execute("COMMIT");
            commit.SetResult();
        }
        catch (Exception exception)
        {
            // Also when a statement failed, with which the whole transaction was rolled back.
            Forget();
            commit.SetException(exception);
        }
    }

    public void Dispose()
    {
        Database.Dispose();
        Turns.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Begins the transaction that this turn shares with those that wait. Every change of it must call this first.</summary>
    protected void Share()
    {
        if (_commit is null)
        {
            Database.Execute("BEGIN");
            _commit = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        _changes++;
    }

    /// <summary>Forgets what is held in memory of changes that were not committed.</summary>
    protected virtual void Forget()
    {
    }

    private void EndTurn()
    {
        if (_commit is not null && (Turns.Waiting == 0 || _changes >= MaxShared || !Database.IsInTransaction)) Commit();
    }
}
