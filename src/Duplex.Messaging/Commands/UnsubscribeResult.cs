namespace Duplex.Messaging.Commands;

/// <summary>The result of an unsubscribe command.</summary>
public sealed class UnsubscribeResult : Result
{
    private UnsubscribeResult() { }

    /// <summary>The only instance.</summary>
    public static UnsubscribeResult Instance { get; } = new();
}
