using Duplex.Execution;
using Duplex.Messaging.Application;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Tokens;

namespace Duplex.Messaging.Subscriptions;

/// <summary>
/// Renews subscriptions that expire, with a token of the client or by the application's handler, and ends those that are not
/// renewed within <see cref="HubOptions.ExpiredSubscriptionDelay"/>. Called on the client's shard.
/// </summary>
internal sealed class SubscriptionRenewal(
    ApplicationModel application,
    ClientTokens tokens,
    HubClock clock,
    PayloadSerializer payloads,
    HubOptions hubOptions,
    HandlerInvoker handlers,
    ClientUnsubscriber unsubscriber)
{
    private long Grace => (long)hubOptions.ExpiredSubscriptionDelay.TotalMilliseconds;

    /// <summary>Executes a client's command with a new subscription token.</summary>
    public async ValueTask<Outcome<SubRefreshResult>> RefreshAsync(Client client, string channel, string token)
    {
        if (channel.Length == 0) return Disconnects.BadRequest.Because("The command names no channel.");
        if (token.Length == 0) return ClientErrors.BadRequest.Because("The command has no token.");
        if (client.Subscriptions.Find(channel) is not { } subscription) return ClientErrors.PermissionDenied.Because("The client is not subscribed to the channel.", false);
        if (!subscription.Has(SubscriptionState.ClientRefresh)) return Disconnects.BadRequest.Because("The subscription was not made with a token that expires.");

        var verified = await tokens.VerifySubscriptionAsync(client, channel, token).OnShard(client.Shard);
        if (verified.Error == ClientErrors.TokenExpired) return Disconnects.SubscriptionExpired.Because(verified.Error.Explanation!);
        if (verified.Error is not null) return Disconnects.InvalidToken.Because(verified.Error.Explanation!, true);
        if (!verified.IsSuccess) return verified.Failure<SubRefreshResult>();
        if (subscription.Has(SubscriptionState.Ended)) return ClientErrors.PermissionDenied.Because("The subscription ended while the command ran.", false);
        var settings = verified.Value;
        if (clock.IsOver(settings.ExpiresAt)) return Disconnects.SubscriptionExpired;
        if (!settings.Info.IsEmpty) subscription.Info = client.Info with { ChannelInfo = settings.Info };
        subscription.ExpiresAt = clock.MomentOf(settings.ExpiresAt);
        client.Timer.Watch(subscription);
        var ttl = clock.TtlOf(settings.ExpiresAt);
        return new SubRefreshResult { Expires = ttl > 0, TtlSeconds = ttl };
    }

    /// <summary>Calls the application to renew an expired subscription, or ends it when the grace period is over.</summary>
    public void OnExpired(Subscription subscription, long now)
    {
        var isRenewed = !subscription.Has(SubscriptionState.ClientRefresh)
            && application.FindChannel(subscription.Channel, out var values) is { Refresh: { } handler }
            && TryRenew(subscription, now, handler, values);
        if (subscription.Has(SubscriptionState.Ended)) return;
        if (!isRenewed && now >= subscription.ExpiresAt + Grace) End(subscription);
    }

    private void End(Subscription subscription)
    {
        if (subscription.Has(SubscriptionState.ServerSide)) subscription.Client.End(Disconnects.SubscriptionExpired);
        else unsubscriber.EndByServer(subscription, Unsubscription.Expired);
    }

    // False when the application's grace period is over, which starts with the first call.
    private bool TryRenew(Subscription subscription, long now, Handler<RefreshDecision> handler, ChannelValues values)
    {
        if (!subscription.Has(SubscriptionState.Expired))
        {
            subscription.Set(SubscriptionState.Expired);
            subscription.ExpiresAt = now;
        }
        else if (now >= subscription.ExpiresAt + Grace)
        {
            return false;
        }

        if (!subscription.Has(SubscriptionState.Renewing)) _ = RenewAsync(subscription, handler, values);
        if (subscription.Has(SubscriptionState.Expired)) subscription.Client.Timer.MaintainBy(now + ConnectionRenewal.RetryMilliseconds);
        return true;
    }

    private async Task RenewAsync(Subscription subscription, Handler<RefreshDecision> handler, ChannelValues values)
    {
        var client = subscription.Client;
        try
        {
            subscription.Set(SubscriptionState.Renewing);
            var context = new HandlerContext { Type = "sub_refresh", Client = client, Target = subscription.Channel, Values = values };
            var answer = await handlers.DecideAsync(handler, context).OnShard(client.Shard);
            subscription.Set(SubscriptionState.Renewing, false);
            if (subscription.Has(SubscriptionState.Ended) || answer.Error is { IsTemporary: true }) return;
            if (answer.Value is not { } decision || clock.IsOver(decision.ExpiresAt))
            {
                End(subscription);
                return;
            }

            if (decision.Info is { } info && subscription.Info is { } before) subscription.Info = before with { ChannelInfo = payloads.SerializeObject(info) };
            subscription.Set(SubscriptionState.Expired, false);
            subscription.ExpiresAt = clock.MomentOf(decision.ExpiresAt);
        }
        catch (Exception exception)
        {
            client.Fail(exception);
        }
    }
}
