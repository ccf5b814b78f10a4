namespace Duplex.Messaging.Commands;

/// <summary>The subscription has ended.</summary>
public sealed class UnsubscribeResult : Result
{
    private UnsubscribeResult() { }

    /// <summary>The only instance.</summary>
    public static UnsubscribeResult Instance { get; } = new();
}
