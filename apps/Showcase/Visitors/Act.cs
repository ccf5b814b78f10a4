namespace Showcase.Visitors;

/// <summary>An action of a visitor that is rate limited.</summary>
public enum Act
{
    /// <summary>The visitor connects.</summary>
    Connect,

    /// <summary>The visitor calls a method, subscribes to a channel or publishes.</summary>
    Call,

    /// <summary>The visitor places an order.</summary>
    Order,

    /// <summary>The visitor sends a chat message.</summary>
    Message,

    /// <summary>The visitor sends a character of a chat message.</summary>
    Character,

    /// <summary>The visitor publishes a typing indicator or a read marker.</summary>
    Sign,
}
