using System.Collections.ObjectModel;

namespace Duplex.Messaging.Operations;

/// <summary>Describes a node and its load.</summary>
/// <param name="Id">The node's id, which is new after each start.</param>
/// <param name="Clients">The number of connected clients.</param>
/// <param name="Users">The number of distinct users among them.</param>
/// <param name="Channels">The number of channels with subscribers.</param>
/// <param name="Subscriptions">The number of subscriptions of all clients.</param>
/// <param name="Uptime">The time since the start.</param>
public sealed record NodeInfo(string Id, int Clients, int Users, int Channels, int Subscriptions, TimeSpan Uptime)
{
    /// <summary>The hub's counters since the start, by the names of its instruments.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = ReadOnlyDictionary<string, double>.Empty;
}
