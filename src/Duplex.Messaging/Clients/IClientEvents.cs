using Duplex.Messaging.Codes;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Clients;

/// <summary>
/// What happens to a client by its clock and its transport. A client reports it here, so that it depends on none of the
/// parts that act on it. On the client's shard.
/// </summary>
internal interface IClientEvents
{
    /// <summary>The connection has ended; the client leaves everything it was in. Called once.</summary>
    void OnEnded(Client client);

    /// <summary>The connection has expired.</summary>
    void OnExpired(Client client);

    /// <summary>The presence or expiry of a live subscription is due.</summary>
    void OnMaintenanceDue(Client client, Subscription subscription, long now);

    /// <summary>The position of a live subscription is to be compared with its stream.</summary>
    void OnPositionCheckDue(Client client, Subscription subscription);

    /// <summary>A subscription of the client's own may have missed something.</summary>
    void OnPositionLost(Client client, Subscription subscription, Unsubscription reason);
}
