namespace Duplex.Messaging.Commands;

/// <summary>The result of an unsubscribe command.</summary>
internal sealed class UnsubscribeResult : Result
{
    private UnsubscribeResult() { }

    /// <summary>The only instance.</summary>
    public static UnsubscribeResult Instance { get; } = new();
}
