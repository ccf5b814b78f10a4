namespace Duplex.Centrifuge.Model.Requests;

/// <summary>Ends a subscription.</summary>
public sealed class UnsubscribeRequest : Request
{
    /// <summary>The channel.</summary>
    public string Channel { get; init; } = "";
}
