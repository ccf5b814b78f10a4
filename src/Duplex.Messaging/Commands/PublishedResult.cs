namespace Duplex.Messaging.Commands;

/// <summary>The publication was accepted.</summary>
public sealed class PublishedResult : Result
{
    private PublishedResult() { }

    /// <summary>The only instance.</summary>
    public static PublishedResult Instance { get; } = new();
}
