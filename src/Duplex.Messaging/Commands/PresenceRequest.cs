namespace Duplex.Messaging.Commands;

/// <summary>Reads the clients that are in a channel.</summary>
public sealed class PresenceRequest : Request
{
    /// <summary>The channel.</summary>
    public string Channel { get; set; } = "";
}
