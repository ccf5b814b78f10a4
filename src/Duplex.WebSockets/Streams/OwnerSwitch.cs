using System.Runtime.CompilerServices;
using Duplex.WebSockets.Connections;

namespace Duplex.WebSockets.Streams;

/// <summary>
/// Awaiting it resumes on the owner. Made once per connection, so that changing over allocates nothing; one await at
/// a time.
/// </summary>
public sealed class OwnerSwitch(ConnectionOwner owner) : IOwnerWork, ICriticalNotifyCompletion
{
    private Action? _continuation;

    /// <summary>Whether to come back in a later item of work even when on the owner already.</summary>
    public bool Yields { get; set; }

    /// <summary>Whether no change is needed.</summary>
    public bool IsCompleted => !Yields && owner.IsCurrent;

    /// <summary>The object is its own awaiter.</summary>
    public OwnerSwitch GetAwaiter() => this;

    /// <summary>Called by the compiler after the change.</summary>
    public void GetResult() => Yields = false;

    /// <summary>Called by the compiler to change over.</summary>
    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    /// <summary>Called by the compiler to change over.</summary>
    public void UnsafeOnCompleted(Action continuation)
    {
        _continuation = continuation;
        owner.Post(this);
    }

    /// <summary>Resumes the method that awaits; called by the owner.</summary>
    public void Run() => _continuation!();
}
