namespace Duplex.Messaging.Outbound;

/// <summary>
/// Finished bytes for one kind of transport, encoded and framed once and shared by every client that gets them.
/// Reference-counted: it starts with one reference, and the last release gives its memory back.
/// </summary>
public abstract class OutboundFrame
{
    private int _references = 1;

    /// <summary>Size on the wire in bytes.</summary>
    public abstract int Length { get; }

    /// <summary>Takes one more reference. Safe from any thread, for a caller that holds one.</summary>
    public void Retain() => Interlocked.Increment(ref _references);

    /// <summary>Gives one reference back. Safe from any thread.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0) Free();
    }

    /// <summary>Runs once, when the last reference is gone.</summary>
    protected abstract void Free();
}
