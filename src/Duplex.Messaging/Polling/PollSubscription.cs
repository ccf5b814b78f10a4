using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Polling;

/// <summary>A client's subscription to a shared-poll channel, with the keys it tracks. Owned by the client's shard.</summary>
internal sealed class PollSubscription(Client client, ShardChannel shardChannel, PollChannel channel) : Subscription(client, shardChannel)
{
    public PollChannel Poll { get; } = channel;

    public Dictionary<string, TrackedKey> Keys { get; } = new(StringComparer.Ordinal);
}
