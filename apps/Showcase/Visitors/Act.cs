namespace Showcase.Visitors;

/// <summary>What visitors do that is counted.</summary>
public enum Act
{
    /// <summary>Connects.</summary>
    Connect,

    /// <summary>Calls a method, subscribes to a channel or publishes.</summary>
    Call,

    /// <summary>Places an order.</summary>
    Order,

    /// <summary>Sends a chat message.</summary>
    Message,

    /// <summary>Sends a character of a chat message.</summary>
    Character,

    /// <summary>Shows the others of a room that it types or has read.</summary>
    Sign,
}
