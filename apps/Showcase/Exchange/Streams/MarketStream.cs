using System.Collections.Concurrent;
using Duplex.Execution;
using Showcase.Exchange.PublicData;

namespace Showcase.Exchange.Streams;

/// <summary>
/// A stream and its subscribers. An event is posted once to each shard that owns subscribers, so all of them receive the
/// events in the order of their publication.
/// </summary>
/// <param name="name">The name to which clients subscribe.</param>
internal sealed class MarketStream(string name)
{
    private readonly ConcurrentDictionary<Shard, List<StreamClient>> _owners = new();
    private int _count;

    public string Name => name;

    /// <summary>Whether the stream has a subscriber; without one no event is created. Safe from any thread.</summary>
    public bool IsWatched => Volatile.Read(ref _count) > 0;

    /// <summary>Adds a subscriber: it receives every event that is published after the call. Called on the subscriber's shard.</summary>
    public void Add(StreamClient client, Shard shard)
    {
        _owners.GetOrAdd(shard, static _ => []).Add(client);
        Interlocked.Increment(ref _count);
    }

    /// <summary>Removes a subscriber. Called on the subscriber's shard.</summary>
    public void Remove(StreamClient client, Shard shard)
    {
        if (_owners.TryGetValue(shard, out var clients) && clients.Remove(client)) Interlocked.Decrement(ref _count);
    }

    /// <summary>Publishes an event. Called by the writer of the exchange.</summary>
    /// <param name="value">The payload, which must not change any more.</param>
    /// <param name="isConflated">Whether a later event replaces this one for a slow subscriber.</param>
    public void Publish(PublicValue value, bool isConflated = false)
    {
        if (!IsWatched) return;
        var published = new StreamEvent(this, value, isConflated);
        foreach (var (shard, clients) in _owners)
        {
            published.Retain();
            shard.Post(static delivery => Deliver(delivery.clients, delivery.published), (clients, published));
        }

        published.Release();
    }

    private static void Deliver(List<StreamClient> clients, StreamEvent published)
    {
        // From the last on: a subscriber that this event ends leaves the list.
        for (var index = clients.Count - 1; index >= 0; index--) clients[index].Offer(published);
        published.Release();
    }
}
