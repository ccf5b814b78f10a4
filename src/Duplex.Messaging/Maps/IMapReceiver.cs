using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Maps;

/// <summary>Receives the changes that a map broker delivers: the hub of this node. Members must return quickly and may be called under the broker's lock.</summary>
public interface IMapReceiver
{
    /// <summary>Called when an entry of a subscribed map was added, replaced, removed or has expired.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="publication">The change: the key, and the data or the mark of a removal.</param>
    /// <param name="previous">The previous value of the entry, the base of deltas; null when there was none.</param>
    /// <param name="epoch">The stream's epoch; empty when the map has no stream.</param>
    void OnChange(string channel, Publication publication, Publication? previous, string epoch);

    /// <summary>Called when a subscribed map was cleared: its subscribers load it again.</summary>
    void OnCleared(string channel);
}
