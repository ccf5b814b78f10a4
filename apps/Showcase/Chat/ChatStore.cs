using Showcase.Conversations;
using Showcase.Storage;

namespace Showcase.Chat;

/// <summary>The chat's messages and read markers. They must be used within a turn.</summary>
public sealed class ChatStore : IDisposable
{
    private readonly Database _database;

    /// <summary>Opens the database in a folder, and removes messages and markers beyond the limits.</summary>
    public ChatStore(string folder, ChatOptions options)
    {
        _database = new Database(folder, "rooms.db");
        Messages = new MessageLog(_database, options.MessagesPerRoom);
        Markers = new ReadMarkers(_database, Messages, options.MarkersPerRoom);
        _database.Shrink();
    }

    /// <summary>The turns, which are exclusive.</summary>
    public Turns Turns { get; } = new("The chat");

    /// <summary>The messages of the rooms.</summary>
    public MessageLog Messages { get; }

    /// <summary>The read markers of the rooms.</summary>
    public ReadMarkers Markers { get; }

    public void Dispose()
    {
        _database.Dispose();
        Turns.Dispose();
    }
}
