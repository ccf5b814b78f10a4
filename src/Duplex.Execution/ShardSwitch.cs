using System.Runtime.CompilerServices;

namespace Duplex.Execution;

/// <summary>
/// An await that resumes on a shard. Created once per connection, so that the switch allocates nothing; one await at
/// a time.
/// </summary>
internal sealed class ShardSwitch(Shard shard) : IShardWork, ICriticalNotifyCompletion
{
    private Action? _continuation;

    /// <summary>Whether the next await resumes in a later item of work even when the caller runs on the shard already.</summary>
    public bool Yields { get; set; }

    /// <summary>Whether the method goes on without a switch.</summary>
    public bool IsCompleted => !Yields && shard.IsCurrent;

    /// <summary>The object is its own awaiter.</summary>
    public ShardSwitch GetAwaiter() => this;

    /// <summary>Ends the await.</summary>
    public void GetResult() => Yields = false;

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation)
    {
        _continuation = continuation;
        shard.Post(this);
    }

    /// <summary>Resumes the method that awaits.</summary>
    public void Run() => _continuation!();
}
