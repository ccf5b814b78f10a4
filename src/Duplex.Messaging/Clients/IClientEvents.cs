using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Clients;

/// <summary>
/// Receives the events of a client's timer and transport. A client reports them here, so that it depends on none of the
/// parts that handle them. Called on the client's shard.
/// </summary>
internal interface IClientEvents
{
    /// <summary>Called once when the connection has ended; removes the client from everything it was part of.</summary>
    void OnEnded(Client client);

    /// <summary>Called when the connection has expired.</summary>
    void OnExpired(Client client);

    /// <summary>Called when the presence refresh or the expiry of a live subscription is due.</summary>
    void OnMaintenanceDue(Subscription subscription, long now);

    /// <summary>Called when the position of a live subscription is to be compared with its stream.</summary>
    void OnPositionCheckDue(Subscription subscription);

    /// <summary>Called when a subscription of the client may have missed publications.</summary>
    void OnPositionLost(Subscription subscription);
}
