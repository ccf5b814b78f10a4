namespace Duplex.WebSockets.Streams;

/// <summary>Tells a transport that failed from a defect of ours.</summary>
internal static class StreamFailure
{
    // Kestrel completes the pipes of a connection that is gone, and later calls on them are invalid operations.
    public static bool IsExpected(Exception exception) =>
        exception is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException;
}
