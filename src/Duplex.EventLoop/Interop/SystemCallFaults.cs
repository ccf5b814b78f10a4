namespace Duplex.EventLoop.Interop;

/// <summary>
/// Makes system calls of the loops fail as a kernel that is short of something does. For tests, in a process whose
/// runtime configuration sets <c>Duplex.EventLoop.SystemCallFaults</c>; everywhere else the compiler leaves it out.
/// </summary>
internal abstract class SystemCallFaults
{
    /// <summary>Whether faults may be injected in this process. Read only, so that code behind it costs nothing where it is false.</summary>
    public static readonly bool AreInjected = AppContext.TryGetSwitch("Duplex.EventLoop.SystemCallFaults", out var isOn) && isOn;

    private static volatile SystemCallFaults? _current;

    /// <summary>The faults in force, or null.</summary>
    public static SystemCallFaults? Current
    {
        get => _current;
        set => _current = AreInjected ? value : throw new InvalidOperationException("This process does not inject faults.");
    }

    /// <summary>The errno with which the call fails, or 0.</summary>
    public abstract int Fail(SystemCall call, int fd);

    /// <summary>How much of what is asked for is done: bytes of a send, entries of a submission.</summary>
    public virtual nint Shorten(SystemCall call, int fd, nint count) => count;
}
