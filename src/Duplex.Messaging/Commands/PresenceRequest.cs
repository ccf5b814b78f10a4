namespace Duplex.Messaging.Commands;

/// <summary>Reads the clients that are in a channel.</summary>
internal sealed class PresenceRequest : Request
{
    /// <summary>The channel.</summary>
    public string Channel { get; set; } = "";
}
