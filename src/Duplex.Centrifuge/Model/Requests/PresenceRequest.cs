namespace Duplex.Centrifuge.Model.Requests;

/// <summary>Asks who is in a channel.</summary>
public sealed class PresenceRequest : Request
{
    /// <summary>The channel.</summary>
    public string Channel { get; init; } = "";
}
