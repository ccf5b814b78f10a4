namespace Duplex.WebSockets.Client;

/// <summary>What waits for the application: a whole message, or one that may still be arriving.</summary>
internal readonly record struct InboxEntry(ReceivedMessage Whole, IncomingMessageStream? Incoming)
{
    // What a queued message or part costs beside its payload.
    private const int Overhead = 64;

    public static int SizeOf(int payloadLength) => payloadLength + Overhead;
}
