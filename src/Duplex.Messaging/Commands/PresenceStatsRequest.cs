namespace Duplex.Messaging.Commands;

/// <summary>Counts the clients and users in a channel.</summary>
internal sealed class PresenceStatsRequest : Request
{
    /// <summary>The channel.</summary>
    public string Channel { get; set; } = "";
}
