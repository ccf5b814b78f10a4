namespace Duplex.EventLoop.Loops;

/// <summary>Posts the continuations of a handler's <c>await</c> to the loop on which the handler started.</summary>
internal sealed class LoopSynchronizationContext(Loop loop) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => loop.Post(static call => call.d(call.state), (d, state));

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (!loop.IsCurrent) throw new NotSupportedException("A thread other than the loop's must not wait for the loop.");
        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;
}
