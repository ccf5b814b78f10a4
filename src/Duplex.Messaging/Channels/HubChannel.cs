using Duplex.Execution;
using Duplex.Messaging.Outbound;
using Duplex.Messaging.Reporting;

namespace Duplex.Messaging.Channels;

/// <summary>A channel that has subscribers on this node, with the shards they are on.</summary>
internal sealed class HubChannel(string name, ChannelNamespace ns, long id, HubMetrics metrics)
{
    private readonly Lock _gate = new();
    private volatile ShardChannel[] _shardChannels = [];
    private int _subscribers;

    public string Name { get; } = name;

    public ChannelNamespace Namespace { get; } = ns;

    /// <summary>The number that replaces the name for clients that accept it. Unique on this node.</summary>
    public long Id { get; } = id;

    /// <summary>The metrics in which deliveries are counted.</summary>
    public HubMetrics Metrics { get; } = metrics;

    /// <summary>Completes when the broker has started to deliver the channel.</summary>
    public Task Joined { get; private set; } = Task.CompletedTask;

    /// <summary>Whether the last subscriber has left; a retired channel is replaced by a new one.</summary>
    public bool IsRetired { get; private set; }

    public int Subscribers => Volatile.Read(ref _subscribers);

    /// <summary>Registers a subscriber of a shard; null when the channel is retired.</summary>
    public ShardChannel? TryAttach(Shard shard, Func<string, ValueTask> join)
    {
        lock (_gate)
        {
            if (IsRetired) return null;
            var shardChannel = On(shard);
            if (shardChannel is null)
            {
                shardChannel = new ShardChannel(this, shard);
                if (_shardChannels.Length == 0)
                {
                    var joining = join(Name);
                    Joined = joining.IsCompletedSuccessfully ? Task.CompletedTask : joining.AsTask();
                }

                _shardChannels = [.. _shardChannels, shardChannel];
            }

            shardChannel.Attached++;
            _subscribers++;
            return shardChannel;
        }
    }

    /// <summary>Unregisters a subscriber; the channel is retired with the last one.</summary>
    public void Detach(ShardChannel shardChannel, Action<HubChannel> leave)
    {
        lock (_gate)
        {
            _subscribers--;
            if (--shardChannel.Attached > 0) return;
            _shardChannels = Array.FindAll(_shardChannels, other => !ReferenceEquals(other, shardChannel));
            if (_shardChannels.Length > 0) return;
            IsRetired = true;

            // Called under the lock and before the name is free again, so that a new channel's join follows this leave.
            leave(this);
        }
    }

    /// <summary>Posts a push to each shard once, and takes ownership of the caller's reference. The lock gives all shards the same order.</summary>
    public void Post(SharedPush push)
    {
        lock (_gate)
        {
            foreach (var shardChannel in _shardChannels)
            {
                push.Retain();
                shardChannel.Shard.Post(push);
            }
        }

        push.Release();
    }

    /// <summary>Returns the subscribers on a shard; null when there are none. Safe from any thread.</summary>
    public ShardChannel? On(Shard shard)
    {
        foreach (var shardChannel in _shardChannels)
        {
            if (ReferenceEquals(shardChannel.Shard, shard)) return shardChannel;
        }

        return null;
    }
}
