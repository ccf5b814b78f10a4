using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Filtering;
using Duplex.Messaging.Recovery;

namespace Duplex.Messaging.Subscriptions;

/// <summary>
/// One client in one channel. It is a link of two lists, the client's and the channel's on this shard, so that
/// neither needs a collection. Owned by the client's shard.
/// </summary>
internal class Subscription(Client client, ShardChannel place)
{
    public Client Client { get; } = client;

    public ShardChannel Place { get; } = place;

    public HubChannel HubChannel => Place.Channel;

    public string Channel => Place.Channel.Name;

    /// <summary>The next subscription of the same client.</summary>
    public Subscription? NextOfClient { get; set; }

    /// <summary>Neighbours in the delivery group; the group's own while linked.</summary>
    public Subscription? Next { get; set; }

    public Subscription? Previous { get; set; }

    public DeliveryGroup? Group { get; set; }

    /// <summary>The offset of the last publication the client has, and the epoch it belongs to.</summary>
    public ulong Offset { get; set; }

    public string Epoch { get; set; } = "";

    public SubscriptionTraits Traits { get; set; }

    /// <summary>About the client in this channel, where others are told of it, or where it is more than about the client.</summary>
    public ClientInfo? Info { get; set; }

    /// <summary>When it expires on the hub's clock; 0 never.</summary>
    public long ExpiresAt { get; set; }

    /// <summary>Publications held back until the subscribe reply is written; null when there are none.</summary>
    public JoinBuffer? Held { get; set; }

    /// <summary>Only publications it matches are delivered; null: all.</summary>
    public TagsFilter? Filter { get; set; }

    /// <summary>Bytes that its reply takes of the client's room until it is sent.</summary>
    public int ReplyBytes { get; set; }

    public bool Has(SubscriptionTraits traits) => (Traits & traits) == traits;

    public void Set(SubscriptionTraits trait, bool value = true) => Traits = value ? Traits | trait : Traits & ~trait;
}
