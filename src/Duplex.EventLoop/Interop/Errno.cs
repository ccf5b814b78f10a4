namespace Duplex.EventLoop.Interop;

/// <summary>The errno values that the loops handle.</summary>
internal static class Errno
{
    public const int NotPermitted = 1;
    public const int Interrupted = 4;
    public const int InputOutput = 5;
    public const int Again = 11;
    public const int NoMemory = 12;
    public const int Busy = 16;
    public const int Invalid = 22;
    public const int TooManyFilesInSystem = 23;
    public const int TooManyFiles = 24;
    public const int NotOnNetwork = 64;
    public const int Protocol = 71;
    public const int NoProtocolOption = 92;
    public const int NotSupported = 95;
    public const int NetworkDown = 100;
    public const int NetworkUnreachable = 101;
    public const int ConnectionAborted = 103;
    public const int ConnectionReset = 104;
    public const int NoBufferSpace = 105;
    public const int TimedOut = 110;
    public const int HostDown = 112;
    public const int HostUnreachable = 113;
    public const int Canceled = 125;

    /// <summary>
    /// Returns whether the error belongs to the connection to be accepted, whose pending error Linux returns from
    /// accept(2); then the next connection can be accepted at once.
    /// </summary>
    public static bool IsOfOneConnection(int error) => error is
        NotPermitted or Interrupted or Again or NotOnNetwork or Protocol or NoProtocolOption or NotSupported or NetworkDown
        or NetworkUnreachable or ConnectionAborted or ConnectionReset or TimedOut or HostDown or HostUnreachable or Canceled;
}
