using Duplex.Execution;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Filtering;
using Duplex.Messaging.Outbound;
using Duplex.Messaging.Recovery;

namespace Duplex.Messaging.Subscriptions;

/// <summary>
/// The subscription of one client to one channel. It is a link of two lists, the client's and the channel's on this shard, so that
/// neither needs a collection. Owned by the client's shard.
/// </summary>
internal class Subscription(Client client, ShardChannel shardChannel) : IBatchTarget
{
    public Client Client { get; } = client;

    public ShardChannel ShardChannel { get; } = shardChannel;

    public HubChannel HubChannel => ShardChannel.Channel;

    public string Channel => ShardChannel.Channel.Name;

    /// <summary>The next subscription of the same client.</summary>
    public Subscription? NextOfClient { get; set; }

    /// <summary>The neighbours in the delivery group; changed only by the group while linked.</summary>
    public Subscription? Next { get; set; }

    public Subscription? Previous { get; set; }

    public DeliveryGroup? Group { get; set; }

    /// <summary>The offset of the last publication that the client has.</summary>
    public ulong Offset { get; set; }

    public string Epoch { get; set; } = "";

    public SubscriptionState State { get; set; }

    /// <summary>The client's information in this channel, when it is published or differs from that of the connection.</summary>
    public ClientInfo? Info { get; set; }

    /// <summary>The expiry on the hub's clock; 0 is never.</summary>
    public long ExpiresAt { get; set; }

    /// <summary>Publications buffered until the subscribe reply is written; null when there are none.</summary>
    public JoinBuffer? Held { get; set; }

    /// <summary>The filter that delivered publications match; null: all publications are delivered.</summary>
    public TagsFilter? Filter { get; set; }

    /// <summary>The number of bytes reserved for its reply in the client's bound until the reply is sent.</summary>
    public int ReplyBytes { get; set; }

    /// <summary>The publications that wait for its own pace; null when it has none.</summary>
    public PublicationBatch? Batch { get; set; }

    /// <summary>The pace that delays its publications; null when there is none.</summary>
    public SubscriptionPace? Pace => Batch is { Policy: var policy } ? new(policy.MaxDelay, policy.LatestOnly) : null;

    /// <summary>The number of publications that were not sent to the client.</summary>
    public long Skipped { get; set; }

    Shard IBatchTarget.Shard => Client.Shard;

    void IBatchTarget.Deliver(SharedPublication push, ulong first, int skipped)
    {
        Skipped += skipped;
        SubscriptionDelivery.SendOfBatch(this, push);
    }

    public bool Has(SubscriptionState state) => (State & state) == state;

    public void Set(SubscriptionState state, bool value = true) => State = value ? State | state : State & ~state;
}
