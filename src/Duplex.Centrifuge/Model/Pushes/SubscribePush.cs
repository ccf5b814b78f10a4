using Duplex.Messaging.Commands;

namespace Duplex.Centrifuge.Model.Pushes;

/// <summary>The server subscribed the client.</summary>
public sealed class SubscribePush(SubscribeResult subscription) : Push
{
    /// <summary>The subscription. The push carries its position, traits and data; what was missed follows as publications.</summary>
    public SubscribeResult Subscription { get; } = subscription;
}
