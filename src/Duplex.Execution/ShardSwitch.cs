using System.Runtime.CompilerServices;

namespace Duplex.Execution;

/// <summary>
/// Represents an await that resumes on a shard. One instance per connection, so that the switch allocates nothing; one await
/// at a time.
/// </summary>
internal sealed class ShardSwitch(Shard shard) : IShardWork, ICriticalNotifyCompletion
{
    private Action? _continuation;

    /// <summary>Whether the next await resumes in a later item of work even when the caller already runs on the shard.</summary>
    public bool Yields { get; set; }

    /// <summary>Whether the method continues without a switch.</summary>
    public bool IsCompleted => !Yields && shard.IsCurrent;

    /// <summary>Returns the awaiter, which is this object.</summary>
    public ShardSwitch GetAwaiter() => this;

    /// <summary>Completes the await.</summary>
    public void GetResult() => Yields = false;

    /// <inheritdoc/>
    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    /// <inheritdoc/>
    public void UnsafeOnCompleted(Action continuation)
    {
        _continuation = continuation;
        shard.Post(this);
    }

    /// <summary>Resumes the awaiting method.</summary>
    public void Run() => _continuation!();
}
