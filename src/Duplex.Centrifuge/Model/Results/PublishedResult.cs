namespace Duplex.Centrifuge.Model.Results;

/// <summary>The publication was accepted.</summary>
public sealed class PublishedResult : Result
{
    private PublishedResult() { }

    /// <summary>The one instance: the result says only that the command succeeded.</summary>
    public static PublishedResult Instance { get; } = new();
}
