using Duplex.Execution;
using Duplex.Messaging.Application;
using Duplex.Messaging.Codes;

namespace Duplex.Messaging.Clients;

/// <summary>
/// Calls the application's handler to renew connections that have expired. A handler that fails is called again, and one that has not
/// returned is awaited, until the grace period is over: an outage of a backend does not end all connections that expire during it.
/// Called on the client's shard.
/// </summary>
internal sealed class ConnectionRenewal(HubClock clock, PayloadSerializer payloads, HubOptions hubOptions, HandlerInvoker handlers)
{
    /// <summary>Time between two calls for the same client or subscription.</summary>
    public const long RetryMilliseconds = 5000;

    public void OnExpired(Client client, Handler<RefreshDecision> refresh)
    {
        var now = clock.Now;
        if (client.Details.RenewBy == 0)
        {
            client.Details = client.Details with { RenewBy = now + (long)hubOptions.ExpiredCloseDelay.TotalMilliseconds };
        }
        else if (now >= client.Details.RenewBy)
        {
            client.End(Disconnects.ConnectionExpired);
            return;
        }

        if (!client.Details.IsRenewing) _ = RenewAsync(client, refresh);
        if (client.Details.RenewBy is var end and > 0) client.Timer.Expire(Math.Min(end, now + RetryMilliseconds));
    }

    private async Task RenewAsync(Client client, Handler<RefreshDecision> refresh)
    {
        try
        {
            client.Details = client.Details with { IsRenewing = true };
            var answer = await handlers.DecideAsync(refresh, new HandlerContext { Type = "refresh", Client = client }).OnShard(client.Shard);
            client.Details = client.Details with { IsRenewing = false };
            if (client.Phase == ClientPhase.Closed || answer.Error is { IsTemporary: true }) return;
            if (answer.Value is not { } reply || clock.IsOver(reply.ExpiresAt))
            {
                client.End(answer.Disconnect ?? Disconnects.ConnectionExpired);
                return;
            }

            if (reply.Info is { } info) client.Identify(client.User, payloads.SerializeObject(info));
            client.Details = client.Details with { RenewBy = 0, Meta = reply.Meta.IsEmpty ? client.Meta : reply.Meta };
            client.Timer.Expire(clock.MomentOf(reply.ExpiresAt));
        }
        catch (Exception exception)
        {
            client.Fail(exception);
        }
    }
}
