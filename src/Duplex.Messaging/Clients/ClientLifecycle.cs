using Duplex.Messaging.Codes;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Clients;

/// <summary>Forwards the events of clients to the parts that handle them.</summary>
internal sealed class ClientLifecycle(
    ClientConnector connector, ClientSubscriber subscriber, ClientUnsubscriber unsubscriber, PositionCheck positions) : IClientEvents
{
    public void OnEnded(Client client) => connector.Leave(client);

    public void OnExpired(Client client) => connector.OnExpired(client);

    public void OnMaintenanceDue(Client client, Subscription subscription, long now) => subscriber.Maintain(client, subscription, now);

    public void OnPositionCheckDue(Client client, Subscription subscription) => positions.Start(client, subscription);

    public void OnPositionLost(Client client, Subscription subscription, Unsubscription reason) => unsubscriber.EndByServer(client, subscription, reason);
}
