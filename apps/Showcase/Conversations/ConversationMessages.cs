namespace Showcase.Conversations;

// The messages on the wire of every application in which people write to each other.

public sealed record MessageEvent(Message Message, string Type = "message");

public sealed record ReadEvent(string User, string Name, long Id, string Type = "read");

public sealed record Typing;

public sealed record SentResult(Message Message);

public sealed record HistoryResult(IReadOnlyList<Message> Messages, bool More);

public sealed record ReadResult;
