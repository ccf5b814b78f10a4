namespace Duplex.EventLoop.Loops;

/// <summary>Brings what follows an <c>await</c> in a handler back to the loop it began on.</summary>
internal sealed class LoopSynchronizationContext(Loop loop) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => loop.Post(static call => call.d(call.state), (d, state));

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (!loop.IsCurrent) throw new NotSupportedException("Waiting for a loop from another thread is not supported.");
        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;
}
