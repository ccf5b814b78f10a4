namespace Duplex.Centrifuge.Model.Results;

/// <summary>The subscription is gone.</summary>
public sealed class UnsubscribeResult : Result
{
    private UnsubscribeResult() { }

    /// <summary>The one instance: the result says only that the command succeeded.</summary>
    public static UnsubscribeResult Instance { get; } = new();
}
