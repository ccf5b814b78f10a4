namespace Showcase.Exchange;

/// <summary>Something the writer does with the exchange's state.</summary>
internal abstract class Command
{
    /// <summary>Runs on the writer. It keeps its own exceptions.</summary>
    public abstract void Run(Venue venue, long now);
}

/// <summary>A command whose result somebody awaits.</summary>
internal sealed class Command<TResult>(Func<Venue, long, TResult> work) : Command
{
    // The awaiter goes on elsewhere: the writer is for the market alone.
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
