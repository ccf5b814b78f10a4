namespace Duplex.Messaging.Presence;

/// <summary>How many are in a channel.</summary>
/// <param name="Clients">Connections.</param>
/// <param name="Users">Different user ids; all anonymous clients count as one.</param>
public sealed record PresenceStats(int Clients, int Users)
{
    internal static PresenceStats None { get; } = new(0, 0);
}
