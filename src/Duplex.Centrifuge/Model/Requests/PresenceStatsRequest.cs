namespace Duplex.Centrifuge.Model.Requests;

/// <summary>Asks how many are in a channel.</summary>
public sealed class PresenceStatsRequest : Request
{
    /// <summary>The channel.</summary>
    public string Channel { get; init; } = "";
}
