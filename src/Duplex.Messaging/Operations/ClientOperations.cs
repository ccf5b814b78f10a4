using Duplex.Messaging.Application;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Sharding;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Operations;

/// <summary>What the server does to a user's clients. Each operation runs on the clients' shards and ends when all have done it.</summary>
internal sealed class ClientOperations(Hub hub)
{
    public Task SubscribeAsync(string? user, ServerSubscription subscription, ClientSelector selector, StreamPosition? since)
    {
        Ensure(subscription.Channel);
        return EachAsync(user, selector, client => SubscribeAsync(client, subscription, since));
    }

    public Task UnsubscribeAsync(string? user, string? channel, ClientSelector selector, Unsubscription reason)
    {
        if (!string.IsNullOrEmpty(channel)) Ensure(channel);
        return EachAsync(user, selector, client =>
        {
            Unsubscribe(client, channel, reason);
            return default;
        });
    }

    public Task DisconnectAsync(string? user, Disconnect disconnect, ClientSelector selector) =>
        EachAsync(user, selector, client =>
        {
            client.End(disconnect);
            return default;
        });

    public Task RefreshAsync(string? user, DateTimeOffset? expiresAt, ClientSelector selector, ReadOnlyMemory<byte> info) =>
        EachAsync(user, selector, client =>
        {
            if (!info.IsEmpty) client.Identify(client.User, info);
            if (expiresAt <= hub.Clock.UtcNow) client.End(Disconnects.ConnectionExpired);
            else hub.Connector.SetExpiry(client, expiresAt);
            return default;
        });

    private async ValueTask SubscribeAsync(Client client, ServerSubscription subscription, StreamPosition? since)
    {
        var outcome = await hub.Subscriber.SubscribeByServerAsync(client, subscription, since).OnShard(client.Shard);

        // Who is in the channel already, by itself or by the server, has what was wanted.
        if (outcome.Error == ClientErrors.AlreadySubscribed || outcome.Disconnect is not null) return;
        if (!outcome.IsSuccess) throw new ClientException(outcome.Error!);
        var grant = outcome.Value;
        if (client.Wire.EncodeSubscribe(grant.Channel, grant) is not { } frame)
        {
            client.End(Disconnects.InappropriateProtocol);
            return;
        }

        client.SendOwned(frame);
        client.Replay(grant);
        client.Activate(grant);
    }

    private void Unsubscribe(Client client, string? channel, Unsubscription reason)
    {
        if (!string.IsNullOrEmpty(channel))
        {
            if (client.FindSubscription(channel) is { } one) Unsubscribe(client, one, reason);
            return;
        }

        while (client.Subscriptions is { } subscription) Unsubscribe(client, subscription, reason);
    }

    private void Unsubscribe(Client client, Subscription subscription, Unsubscription reason)
    {
        // What was published before is delivered before, even where it waits for more.
        subscription.Place.Flush();
        if (!subscription.Has(SubscriptionTraits.Ended)) hub.Subscriber.EndByServer(client, subscription, reason);
    }

    private void Ensure(string channel)
    {
        var found = hub.Namespaces.Find(channel);
        if (!found.IsSuccess) throw new ClientException(found.Error!);
    }

    private Task EachAsync(string? user, ClientSelector selector, Func<Client, ValueTask> operation)
    {
        List<Task> operations = [];
        foreach (var client in Named(user, selector))
        {
            if (selector.Matches(client)) operations.Add(RunAsync(client, operation));
        }

        return Task.WhenAll(operations);
    }

    private IEnumerable<Client> Named(string? user, ClientSelector selector)
    {
        if (selector.Client is { } id) return hub.Clients.Find(id) is { } one && (user is null || one.User == user) ? [one] : [];
        if (user is not null) return hub.Clients.OfUser(user);
        return selector.Session is not null ? hub.Clients.All : throw new ArgumentException("Name a user, or select a client or a session.", nameof(user));
    }

    private static Task RunAsync(Client client, Func<Client, ValueTask> operation)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.Run(static state => _ = CompleteAsync(state.Client, state.Operation, state.Done), (Client: client, Operation: operation, Done: done));
        return done.Task;
    }

    private static async Task CompleteAsync(Client client, Func<Client, ValueTask> operation, TaskCompletionSource done)
    {
        try
        {
            // It may have gone on the way here: what has been told to leave is not taken into anything any more.
            if (client.Phase == ClientPhase.Connected) await operation(client).OnShard(client.Shard);
            done.SetResult();
        }
        catch (Exception exception)
        {
            done.SetException(exception);
        }
    }
}
