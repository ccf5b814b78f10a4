namespace Duplex.Execution;

/// <summary>
/// Finished bytes for one kind of transport, encoded and framed once and shared by every connection that sends them, on
/// whichever shard. Reference-counted: it starts with one reference, and the last release returns its memory.
/// </summary>
public abstract class SharedFrame
{
    private int _references = 1;

    /// <summary>Size on the wire in bytes.</summary>
    public abstract int Length { get; }

    /// <summary>Adds a reference. Safe from any thread, for a caller that holds one.</summary>
    public void Retain() => Interlocked.Increment(ref _references);

    /// <summary>Returns a reference. Safe from any thread.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0) Free();
    }

    /// <summary>Runs once, when the last reference was returned.</summary>
    protected abstract void Free();
}
