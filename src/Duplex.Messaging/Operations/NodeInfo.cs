using System.Collections.ObjectModel;

namespace Duplex.Messaging.Operations;

/// <summary>What a node is and carries.</summary>
/// <param name="Id">The node's id, new with each start.</param>
/// <param name="Clients">Connected clients.</param>
/// <param name="Users">Different users among them.</param>
/// <param name="Channels">Channels with subscribers.</param>
/// <param name="Subscriptions">Subscriptions of all clients.</param>
/// <param name="Uptime">Time since the start.</param>
public sealed record NodeInfo(string Id, int Clients, int Users, int Channels, int Subscriptions, TimeSpan Uptime)
{
    /// <summary>What the hub has counted since the start, by the names of its meter.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = ReadOnlyDictionary<string, double>.Empty;
}
