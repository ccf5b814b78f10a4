namespace Duplex.WebSockets.Streams;

/// <summary>Distinguishes failures of a transport from local defects.</summary>
internal static class StreamFailure
{
    // Kestrel completes the pipes of a closed connection, and later calls on them throw InvalidOperationException.
    public static bool IsExpected(Exception exception) =>
        exception is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException;
}
