using Duplex.Messaging.Commands;

namespace Duplex.Centrifuge.Model.Pushes;

/// <summary>Reports that the server subscribed the client to a channel.</summary>
internal sealed class SubscribePush(SubscribeResult subscription) : Push
{
    /// <summary>The subscription. The push carries its position, flags and data; missed publications follow as pushes.</summary>
    public SubscribeResult Subscription { get; } = subscription;
}
