using System.Runtime.CompilerServices;
using Duplex.WebSockets.Connections;

namespace Duplex.WebSockets.Streams;

/// <summary>Awaiting it resumes on the owner. Made once per connection, so that changing over allocates nothing.</summary>
internal sealed class OwnerSwitch(ConnectionOwner owner) : IOwnerWork, ICriticalNotifyCompletion
{
    private Action? _continuation;

    /// <summary>Whether to come back in a later item of work even when on the owner already.</summary>
    public bool Yields { get; set; }

    public bool IsCompleted => !Yields && owner.IsCurrent;

    public OwnerSwitch GetAwaiter() => this;

    public void GetResult() => Yields = false;

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation)
    {
        _continuation = continuation;
        owner.Post(this);
    }

    public void Run() => _continuation!();
}
