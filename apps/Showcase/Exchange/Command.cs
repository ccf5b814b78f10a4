namespace Showcase.Exchange;

/// <summary>An operation that the writer executes on the exchange's state.</summary>
internal abstract class Command
{
    /// <summary>Runs the operation on the writer. A command with a result stores its exceptions instead of throwing them.</summary>
    public abstract void Run(Venue venue, long now);
}

/// <summary>A command whose caller awaits a result.</summary>
internal sealed class Command<TResult>(Func<Venue, long, TResult> work) : Command
{
    // Continuations run on the thread pool, so a caller's code never delays the writer.
    private readonly TaskCompletionSource<TResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<TResult> Result => _result.Task;

    public override void Run(Venue venue, long now)
    {
        try
        {
            _result.SetResult(work(venue, now));
        }
        catch (Exception exception)
        {
            _result.SetException(exception);
        }
    }
}
