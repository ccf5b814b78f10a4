namespace Duplex.Messaging.Presence;

/// <summary>The number of clients and users in a channel.</summary>
/// <param name="Clients">The number of clients.</param>
/// <param name="Users">The number of distinct user ids; all anonymous clients count as one.</param>
public sealed record PresenceStats(int Clients, int Users)
{
    internal static PresenceStats None { get; } = new(0, 0);
}
