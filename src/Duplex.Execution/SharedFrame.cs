namespace Duplex.Execution;

/// <summary>
/// Represents the encoded bytes of a message for one kind of transport, framed once and shared by every connection that
/// sends them, on any shard. Reference-counted: the frame starts with one reference, and the last release returns its
/// memory.
/// </summary>
public abstract class SharedFrame
{
    private int _references = 1;

    internal SharedFrame()
    {
    }

    /// <summary>The size on the wire in bytes.</summary>
    public abstract int Length { get; }

    /// <summary>Adds a reference. Safe from any thread that holds a reference.</summary>
    public void Retain() => Interlocked.Increment(ref _references);

    /// <summary>Releases a reference. Safe from any thread.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0) Free();
    }

    /// <summary>Returns the memory. Called once, when the last reference is released.</summary>
    protected abstract void Free();
}
