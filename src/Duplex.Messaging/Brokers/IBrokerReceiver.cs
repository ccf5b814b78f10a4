using Duplex.Messaging.Clients;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Brokers;

/// <summary>Where a broker delivers: the hub of this node. Must return quickly; it may be called under the broker's lock.</summary>
public interface IBrokerReceiver
{
    /// <summary>A publication of a subscribed channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="publication">The publication.</param>
    /// <param name="previous">The one before it in the stream, when it is still kept; the base of deltas.</param>
    /// <param name="epoch">The stream's epoch; empty when the publication is not part of one.</param>
    void OnPublication(string channel, Publication publication, Publication? previous, string epoch);

    /// <summary>A client joined a subscribed channel.</summary>
    void OnJoin(string channel, ClientInfo info);

    /// <summary>A client left a subscribed channel.</summary>
    void OnLeave(string channel, ClientInfo info);
}
