namespace Duplex.WebSockets.Client;

/// <summary>Represents a message that waits for the application: a whole one, or one that may still be arriving.</summary>
internal readonly record struct InboxEntry(ReceivedMessage Whole, IncomingMessageStream? Incoming)
{
    // The memory of a queued message or part in addition to its payload.
    private const int Overhead = 64;

    public static int SizeOf(int payloadLength) => payloadLength + Overhead;
}
