using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Clients;

/// <summary>Removes clients from everything they were part of. Called on the client's shard.</summary>
internal sealed class ClientDeparture(ClientAdmission admission, ClientUnsubscriber unsubscriber, JoinLeavePublisher joinLeaves)
{
    /// <summary>Cleans up after a client whose connection has ended.</summary>
    public void Leave(Client client)
    {
        admission.Remove(client);
        unsubscriber.EndAll(client);
        joinLeaves.Flush(client);
        admission.Dismiss(client);
    }

    /// <summary>
    /// Cleans up after a connect command that failed. A connect error leaves the transport open for the client to close; the
    /// stale time-out ends it otherwise.
    /// </summary>
    public void Refuse(Client client)
    {
        client.Phase = ClientPhase.Refused;
        unsubscriber.EndAll(client);
        admission.Dismiss(client);
    }
}
