namespace Duplex.Messaging.Commands;

/// <summary>Counts the clients and users in a channel.</summary>
public sealed class PresenceStatsRequest : Request
{
    /// <summary>The channel.</summary>
    public string Channel { get; set; } = "";
}
