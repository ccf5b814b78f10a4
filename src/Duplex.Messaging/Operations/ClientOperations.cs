using Duplex.Execution;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Operations;

/// <summary>The server's operations on connected clients. Each runs on the clients' shards and completes when it has run for all of them.</summary>
internal sealed class ClientOperations(
    HubClock clock,
    NamespaceTable namespaces,
    ClientTable clientTable,
    ConnectionRenewal renewal,
    ServerSubscriber subscriber,
    SubscriptionActivator activator,
    ClientUnsubscriber unsubscriber) : IHubClients
{
    public Task SubscribeAsync(
        ClientSelector clients, ServerSubscription subscription, StreamPosition? since = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        Ensure(subscription.Channel);
        return EachAsync(clients, client => SubscribeAsync(client, subscription, since), cancellationToken);
    }

    public Task UnsubscribeAsync(
        ClientSelector clients, string channel, Unsubscription? reason = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(channel);
        Ensure(channel);
        return EachAsync(
            clients,
            client =>
            {
                if (client.Subscriptions.Find(channel) is { } subscription) Unsubscribe(subscription, reason ?? Unsubscription.ByServer);
                return default;
            },
            cancellationToken);
    }

    public Task UnsubscribeFromAllAsync(ClientSelector clients, Unsubscription? reason = null, CancellationToken cancellationToken = default) => EachAsync(
        clients,
        client =>
        {
            while (client.Subscriptions.First is { } subscription) Unsubscribe(subscription, reason ?? Unsubscription.ByServer);
            return default;
        },
        cancellationToken);

    public Task DisconnectAsync(ClientSelector clients, Disconnect? disconnect = null, CancellationToken cancellationToken = default) => EachAsync(
        clients,
        client =>
        {
            client.End(disconnect ?? Disconnects.ForceDisconnect);
            return default;
        },
        cancellationToken);

    public Task RefreshAsync(
        ClientSelector clients, DateTimeOffset? expiresAt, ReadOnlyMemory<byte> info = default, CancellationToken cancellationToken = default) => EachAsync(
        clients,
        client =>
        {
            if (!info.IsEmpty) client.Identify(client.User, info);
            if (expiresAt <= clock.UtcNow) client.End(Disconnects.ConnectionExpired);
            else renewal.SetExpiry(client, expiresAt);
            return default;
        },
        cancellationToken);

    private async ValueTask SubscribeAsync(Client client, ServerSubscription subscription, StreamPosition? since)
    {
        var outcome = await subscriber.SubscribeAsync(client, subscription, since).OnShard(client.Shard);

        // A client that is subscribed already keeps its subscription.
        if (outcome.Error == ClientErrors.AlreadySubscribed || outcome.Disconnect is not null) return;
        if (!outcome.IsSuccess) throw new ClientException(outcome.Error!);
        var grant = outcome.Value;
        if (client.Wire.EncodeSubscribe(grant) is not { } frame)
        {
            client.End(Disconnects.InappropriateProtocol);
            return;
        }

        client.Sender.SendOwned(frame);
        client.Sender.SendRecovered(grant);
        activator.Activate(grant);
    }

    private void Unsubscribe(Subscription subscription, Unsubscription reason)
    {
        // Earlier publications are delivered first, including those that wait in a batch.
        subscription.ShardChannel.Flush();
        subscription.Batch?.Flush();
        if (!subscription.Has(SubscriptionState.Ended)) unsubscriber.EndByServer(subscription, reason);
    }

    private void Ensure(string channel)
    {
        var found = namespaces.Find(channel);
        if (!found.IsSuccess) throw new ClientException(found.Error!);
    }

    private Task EachAsync(ClientSelector selector, Func<Client, ValueTask> operation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(selector);
        var candidates = Candidates(selector);
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);
        List<Task> operations = [];
        foreach (var client in candidates)
        {
            if (selector.Matches(client)) operations.Add(RunAsync(client, operation, cancellationToken));
        }

        return Task.WhenAll(operations).WaitAsync(cancellationToken);
    }

    private IEnumerable<Client> Candidates(ClientSelector selector)
    {
        if (selector.Client is { } id) return clientTable.Find(id) is { } one ? [one] : [];
        if (selector.User is { } user) return clientTable.OfUser(user);
        return selector.Session is not null
            ? clientTable.All
            : throw new ArgumentException("The selector names neither a user nor a client nor a session.", nameof(selector));
    }

    private static Task RunAsync(Client client, Func<Client, ValueTask> operation, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.Run(
            static state => _ = CompleteAsync(state.Client, state.Operation, state.Done, state.CancellationToken),
            (Client: client, Operation: operation, Done: done, CancellationToken: cancellationToken));
        return done.Task;
    }

    private static async Task CompleteAsync(
        Client client, Func<Client, ValueTask> operation, TaskCompletionSource done, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();

            // The client may have left before the operation ran; a client that has left is not subscribed any more.
            if (client.Phase == ClientPhase.Connected) await operation(client).OnShard(client.Shard);
            done.SetResult();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            done.SetCanceled(cancellationToken);
        }
        catch (Exception exception)
        {
            done.SetException(exception);
        }
    }
}
