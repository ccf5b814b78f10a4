using Duplex.Messaging.Codes;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Clients;

/// <summary>Forwards the events of clients to the parts that handle them.</summary>
internal sealed class ClientLifecycle(
    ClientDeparture departure, ConnectionRenewal renewal, SubscriptionMaintenance maintenance, ClientUnsubscriber unsubscriber, PositionCheck positions) : IClientEvents
{
    public void OnEnded(Client client) => departure.Leave(client);

    public void OnExpired(Client client) => renewal.OnExpired(client);

    public void OnMaintenanceDue(Subscription subscription, long now) => maintenance.Maintain(subscription, now);

    public void OnPositionCheckDue(Subscription subscription) => positions.Start(subscription);

    public void OnPositionLost(Subscription subscription) => unsubscriber.EndByServer(subscription, Unsubscription.InsufficientState);
}
