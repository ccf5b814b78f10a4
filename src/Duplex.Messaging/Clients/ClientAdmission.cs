using Duplex.Execution;
using Duplex.Messaging.Application;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;

namespace Duplex.Messaging.Clients;

/// <summary>
/// Admits clients within the hub's limits and while it runs, and reports each one that the application admitted as
/// disconnected exactly once. Called on the client's shard.
/// </summary>
internal sealed class ClientAdmission(
    ApplicationModel application, ClientTable clientTable, HubOptions hubOptions, HandlerInvoker handlers, OpenWork work)
{
    /// <summary>Returns the disconnect for clients that the hub cannot admit now; null when it admits them.</summary>
    public Disconnect? Refusal
    {
        get
        {
            if (work.IsStopping) return Disconnects.Shutdown;
            return clientTable.IsFull(hubOptions.MaxConnections) ? Disconnects.ConnectionLimit.Because("MaxConnections is reached: raise it if clients need more.", true) : null;
        }
    }

    /// <summary>Calls the application's handler for a client that connects.</summary>
    public async ValueTask<Outcome<ConnectDecision>> DecideAsync(Client client, Handler<ConnectDecision> handler, ReadOnlyMemory<byte> data)
    {
        // Counted before the call, so that a stopping hub does not end between the handler's return and what follows from it.
        work.Begin();
        var decision = await handlers.DecideAsync(handler, new HandlerContext { Type = "connect", Client = client, Data = data }).OnShard(client.Shard);
        if (!decision.IsSuccess)
        {
            work.End();
            return decision;
        }

        // From here on the application's disconnect handler is due for the client, which may have disconnected meanwhile.
        client.IsAdmitted = true;
        if (client.Phase != ClientPhase.Closed) return decision;
        Dismiss(client);
        return Disconnects.ConnectionClosed;
    }

    /// <summary>Adds a client to the hub.</summary>
    /// <returns>The disconnect that ends its connection; null when it is admitted.</returns>
    public Disconnect? Admit(Client client)
    {
        if (!clientTable.TryAdd(client, hubOptions.MaxConnections, hubOptions.MaxConnectionsPerUser)) return Disconnects.ConnectionLimit;
        client.Phase = ClientPhase.Connected;
        if (!client.IsAdmitted)
        {
            work.Begin();
            client.IsAdmitted = true;
        }

        // Either a stopping hub finds the client in the table, or the client finds here that the hub is stopping.
        if (work.IsStopping) return Disconnects.Shutdown;
        if (hubOptions.PersonalChannel.IsSingleConnection) EndOthers(client);
        return null;
    }

    /// <summary>Removes a client from the hub; operations of the server no longer find it.</summary>
    public void Remove(Client client) => clientTable.Remove(client);

    /// <summary>Calls the application's disconnect handler, once for each client that was admitted.</summary>
    public void Dismiss(Client client)
    {
        if (!client.IsAdmitted) return;
        client.IsAdmitted = false;
        if (application.Disconnect is { } handler) handlers.Notify(handler, new HandlerContext { Type = "disconnect", Client = client });
        work.End();
    }

    private void EndOthers(Client client)
    {
        if (client.User.Length == 0) return;
        foreach (var other in clientTable.OfUser(client.User))
        {
            if (!ReferenceEquals(other, client)) other.Disconnect(Disconnects.ConnectionLimit.Because("The user connected again, and PersonalChannel allows one connection.", false));
        }
    }
}
