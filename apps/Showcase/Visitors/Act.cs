namespace Showcase.Visitors;

/// <summary>An action of a visitor that is rate limited. Applications define their own beside those that all share.</summary>
/// <param name="excess">The beginning of the message for a visitor who exceeds the limit, such as "Too many orders in a short time".</param>
public sealed class Act(string excess)
{
    /// <summary>The visitor connects.</summary>
    public static Act Connect { get; } = new("Too many connections in a short time");

    /// <summary>The visitor calls a method, subscribes to a channel or publishes.</summary>
    public static Act Call { get; } = new("Too many calls");

    /// <summary>The visitor writes a text that others receive.</summary>
    public static Act Message { get; } = new("You are sending messages too fast");

    /// <summary>The visitor writes one character of such a text.</summary>
    public static Act Character { get; } = new("You are sending messages too fast");

    /// <summary>The visitor sends a signal that others receive, such as a typing indicator or a read marker.</summary>
    public static Act Sign { get; } = new("Too many calls");

    /// <summary>The beginning of the message for a visitor who exceeds the limit.</summary>
    public string Excess { get; } = excess;
}
