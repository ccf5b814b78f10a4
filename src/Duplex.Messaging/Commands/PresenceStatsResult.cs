namespace Duplex.Messaging.Commands;

/// <summary>The number of clients and users in a channel.</summary>
public sealed class PresenceStatsResult : Result
{
    /// <summary>Connections.</summary>
    public uint NumClients { get; init; }

    /// <summary>Different users; all anonymous ones count as one.</summary>
    public uint NumUsers { get; init; }
}
