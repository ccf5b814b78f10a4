namespace Duplex.Messaging.Commands;

/// <summary>The result of an accepted publication.</summary>
internal sealed class PublishedResult : Result
{
    private PublishedResult() { }

    /// <summary>The only instance.</summary>
    public static PublishedResult Instance { get; } = new();
}
