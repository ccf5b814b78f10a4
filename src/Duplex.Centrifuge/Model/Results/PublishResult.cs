namespace Duplex.Centrifuge.Model.Results;

/// <summary>The publication was accepted.</summary>
public sealed class PublishResult : Result
{
    private PublishResult() { }

    /// <summary>The one instance: the result says only that the command succeeded.</summary>
    public static PublishResult Instance { get; } = new();
}
