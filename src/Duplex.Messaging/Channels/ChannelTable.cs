using System.Collections.Concurrent;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Sharding;

namespace Duplex.Messaging.Channels;

/// <summary>The channels that have subscribers on this node. Safe from any thread.</summary>
internal sealed class ChannelTable(IBroker broker, IMapBroker maps)
{
    private readonly ConcurrentDictionary<string, HubChannel> _channels = new(StringComparer.Ordinal);
    private long _lastId;

    public IEnumerable<HubChannel> All => _channels.Values;

    public int Count => _channels.Count;

    public HubChannel? Find(string name) => _channels.GetValueOrDefault(name);

    public ShardChannel Attach(string name, ChannelNamespace ns, Shard shard)
    {
        while (true)
        {
            if (!_channels.TryGetValue(name, out var channel))
            {
                channel = _channels.GetOrAdd(name, new HubChannel(name, ns, Interlocked.Increment(ref _lastId)));
            }

            if (channel.TryAttach(shard, ns.Map is null ? broker.SubscribeAsync : maps.SubscribeAsync) is { } place) return place;
        }
    }

    public void Detach(ShardChannel place) => place.Channel.Detach(place, Leave);

    private void Leave(HubChannel channel)
    {
        var leaving = channel.Namespace.Map is null ? broker.UnsubscribeAsync(channel.Name) : maps.UnsubscribeAsync(channel.Name);
        if (!leaving.IsCompletedSuccessfully) _ = leaving.AsTask();
        _channels.TryRemove(new KeyValuePair<string, HubChannel>(channel.Name, channel));
    }
}
