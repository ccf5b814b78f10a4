using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Maps;

/// <summary>Where a map broker delivers: the hub of this node. Must return quickly; it may be called under the broker's lock.</summary>
public interface IMapReceiver
{
    /// <summary>An entry of a subscribed map was added, replaced, removed, or has expired.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="publication">The change: key, and data or the mark of a removal.</param>
    /// <param name="previous">What the entry was before; null when there was none. The base of deltas.</param>
    /// <param name="epoch">The stream's epoch; empty when the map has no stream.</param>
    void OnChange(string channel, Publication publication, Publication? previous, string epoch);

    /// <summary>A subscribed map was cleared: its subscribers start over.</summary>
    void OnCleared(string channel);
}
