using Showcase.Visitors;

namespace Showcase.Stage;

/// <summary>The acts on a stage that are rate limited.</summary>
internal static class StageActs
{
    /// <summary>The speaker changes the stage: opens it, turns slides, marks questions, changes polls.</summary>
    public static Act Present { get; } = new("You are changing the stage too fast");

    /// <summary>The visitor asks a question.</summary>
    public static Act Ask { get; } = new("You are asking too fast");

    /// <summary>The visitor votes, or raises a hand.</summary>
    public static Act Vote { get; } = new("You are voting too fast");

    /// <summary>The visitor reacts.</summary>
    public static Act React { get; } = new("You are reacting too fast");

    /// <summary>The speaker moves the pointer.</summary>
    public static Act Point { get; } = new("The pointer moves too fast");
}
