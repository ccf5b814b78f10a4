namespace Duplex.EventLoop.Interop;

/// <summary>
/// Injects failures into the loops' system calls, as a kernel short of resources returns them. Only tests use it, in a
/// process whose runtime configuration sets <c>Duplex.EventLoop.SystemCallFaults</c>; elsewhere the JIT compiler removes it.
/// </summary>
internal abstract class SystemCallFaults
{
    /// <summary>Whether faults can be injected in this process. The field is read-only, so that the JIT compiler removes code behind it where it is false.</summary>
    public static readonly bool AreInjected = AppContext.TryGetSwitch("Duplex.EventLoop.SystemCallFaults", out var isOn) && isOn;

    private static volatile SystemCallFaults? _current;

    /// <summary>The faults in effect; null when there are none.</summary>
    public static SystemCallFaults? Current
    {
        get => _current;
        set => _current = AreInjected ? value : throw new InvalidOperationException("Fault injection is disabled in this process.");
    }

    /// <summary>Returns the errno with which the call fails; 0 to let it succeed.</summary>
    public abstract int Fail(SystemCall call, int fd);

    /// <summary>Returns how many of the requested bytes of a send, or entries of a submission, are processed.</summary>
    public virtual nint Shorten(SystemCall call, int fd, nint count) => count;
}
