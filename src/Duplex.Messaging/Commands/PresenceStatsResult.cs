namespace Duplex.Messaging.Commands;

/// <summary>The number of clients and users in a channel.</summary>
internal sealed class PresenceStatsResult : Result
{
    /// <summary>The number of clients.</summary>
    public uint NumClients { get; init; }

    /// <summary>The number of distinct users; all anonymous clients count as one.</summary>
    public uint NumUsers { get; init; }
}
