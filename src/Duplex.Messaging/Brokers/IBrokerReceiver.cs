using Duplex.Messaging.Clients;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Brokers;

/// <summary>Receives what a broker delivers: the hub of this node. Members must return quickly and may be called under the broker's lock.</summary>
public interface IBrokerReceiver
{
    /// <summary>Called for each publication of a subscribed channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="publication">The publication.</param>
    /// <param name="previous">The previous publication of the stream, the base of deltas; null when it is not retained.</param>
    /// <param name="epoch">The stream's epoch; empty when the publication is not part of one.</param>
    void OnPublication(string channel, Publication publication, Publication? previous, string epoch);

    /// <summary>Called when a client joined a subscribed channel.</summary>
    void OnJoin(string channel, ClientInfo info);

    /// <summary>Called when a client left a subscribed channel.</summary>
    void OnLeave(string channel, ClientInfo info);
}
