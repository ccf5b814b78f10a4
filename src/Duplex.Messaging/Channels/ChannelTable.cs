using System.Collections.Concurrent;
using Duplex.Execution;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Reporting;

namespace Duplex.Messaging.Channels;

/// <summary>The channels that have subscribers on this node. Safe from any thread.</summary>
internal sealed class ChannelTable
{
    private readonly IBroker _broker;
    private readonly IMapBroker _maps;
    private readonly ConcurrentDictionary<string, HubChannel> _channels = new(StringComparer.Ordinal);

    // Created once, not for each subscriber.
    private readonly Func<string, ValueTask> _join;
    private readonly Func<string, ValueTask> _joinMap;
    private readonly Action<HubChannel> _leave;
    private readonly BrokerCalls _calls;
    private readonly HubMetrics _metrics;
    private long _lastId;

    public ChannelTable(IBroker broker, IMapBroker maps, BrokerCalls calls, HubMetrics metrics)
    {
        _broker = broker;
        _maps = maps;
        _calls = calls;
        _metrics = metrics;
        _join = channel => broker.SubscribeAsync(channel);
        _joinMap = channel => maps.SubscribeAsync(channel);
        _leave = Leave;
    }

    public IEnumerable<HubChannel> All => _channels.Values;

    public int Count => _channels.Count;

    public HubChannel? Find(string name) => _channels.GetValueOrDefault(name);

    public ShardChannel Attach(string name, ChannelNamespace ns, Shard shard)
    {
        while (true)
        {
            if (!_channels.TryGetValue(name, out var channel))
            {
                channel = _channels.GetOrAdd(name, new HubChannel(name, ns, Interlocked.Increment(ref _lastId), _metrics));
            }

            if (channel.TryAttach(shard, ns.Map is null ? _join : _joinMap) is { } shardChannel) return shardChannel;
        }
    }

    public void Detach(ShardChannel shardChannel) => shardChannel.Channel.Detach(shardChannel, _leave);

    private void Leave(HubChannel channel)
    {
        var leaving = channel.Namespace.Map is null ? _broker.UnsubscribeAsync(channel.Name) : _maps.UnsubscribeAsync(channel.Name);
        _channels.TryRemove(new KeyValuePair<string, HubChannel>(channel.Name, channel));
        if (!leaving.IsCompletedSuccessfully) _calls.Forget(leaving, channel.Name);
    }
}
