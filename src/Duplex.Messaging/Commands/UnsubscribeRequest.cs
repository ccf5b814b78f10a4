namespace Duplex.Messaging.Commands;

/// <summary>Ends a subscription.</summary>
internal sealed class UnsubscribeRequest : Request
{
    /// <summary>The channel.</summary>
    public string Channel { get; set; } = "";
}
