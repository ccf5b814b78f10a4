using Duplex.Execution;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Outbound;

/// <summary>A join or leave that is delivered to the subscribers of this node.</summary>
internal sealed class SharedMembership(HubChannel channel, ClientInfo info, bool isJoin) : SharedPush(channel)
{
    protected override void Deliver(ShardChannel shardChannel) =>
        shardChannel.Visit(this, static (subscription, push) => SubscriptionDelivery.Deliver(subscription, push));

    protected override SharedFrame? Encode(Wire wire, PublicationForm form) =>
        isJoin ? wire.EncodeJoin(Channel.Name, Channel.Id, info, form) : wire.EncodeLeave(Channel.Name, Channel.Id, info, form);
}
