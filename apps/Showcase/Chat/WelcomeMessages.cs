using Showcase.Conversations;
using Showcase.Visitors;

namespace Showcase.Chat;

/// <summary>The first messages of a new store. They are written by the showcase, so that no room is empty at the first visit.</summary>
internal static class WelcomeMessages
{
    private static readonly (string Room, string Text, long? ReplyTo)[] All =
    [
        ("lobby", "Welcome to the chat. Messages under this name came with the showcase; all others are written by visitors.", null),
        ("lobby", "Open this page in a second window, choose the line “cut” in its “wire” panel, and write in both windows. When the line is back, each message is there **once**.", null),
        ("markets", "This room is about the exchange, whose market is **simulated**: no price there is real.", null),
        ("engineering", "A text may contain `code`, and a block of code between lines of three backticks:\n```\nconst url = 'ws://localhost:8080/connection/websocket';\nnew Centrifuge(url).connect();\n```", null),
        ("engineering", "A reply quotes its message. The menu beside a message also has reactions, a link to it, and for the author, “Edit”.", 1),
        ("random", "This room has no topic. Write anything.", null),
    ];

    /// <summary>Writes the messages unless the store has, or had, any.</summary>
    public static void Write(MessageLog messages, DateTimeOffset now)
    {
        if (Array.Exists(ChatRules.Rooms, room => messages.Latest(room.Name) is not null)) return;
        foreach (var (index, (room, text, replyTo)) in All.Index())
        {
            messages.Append(new(0, room, Visitor.Showcase, VisitorName.Showcase, text, now.ToUnixTimeMilliseconds(), $"welcome-{index}")
            {
                ReplyTo = replyTo,
            });
        }
    }
}
