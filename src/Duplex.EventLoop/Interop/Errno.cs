namespace Duplex.EventLoop.Interop;

/// <summary>errno values that have a meaning of their own here.</summary>
internal static class Errno
{
    public const int Interrupted = 4;
    public const int Again = 11;
    public const int Busy = 16;
    public const int Invalid = 22;
    public const int TooManyFilesInSystem = 23;
    public const int TooManyFiles = 24;
    public const int NotSupported = 95;
    public const int NoBufferSpace = 105;
    public const int Canceled = 125;
}
