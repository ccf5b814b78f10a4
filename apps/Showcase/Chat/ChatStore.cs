using Showcase.Conversations;
using Showcase.Storage;

namespace Showcase.Chat;

/// <summary>The chat's messages and read markers. They must be used within a turn.</summary>
public sealed class ChatStore : Store
{
    /// <summary>Opens the database in a folder, and removes messages and markers beyond the limits.</summary>
    public ChatStore(string folder, ChatOptions options)
        : base(folder, "rooms.db", "The chat")
    {
        Messages = new MessageLog(Database, options.MessagesPerRoom);
        Markers = new ReadMarkers(Database, Messages, options.MarkersPerRoom);
        Database.Shrink();
    }

    /// <summary>The messages of the rooms.</summary>
    public MessageLog Messages { get; }

    /// <summary>The read markers of the rooms.</summary>
    public ReadMarkers Markers { get; }
}
