using Duplex.Execution;
using Duplex.Messaging.Application;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Tokens;

namespace Duplex.Messaging.Clients;

/// <summary>
/// Renews connections that expire, by the application's handler if there is one, otherwise by tokens of the client. A handler that
/// fails is called again, and one that has not returned is awaited, until the grace period is over: an outage of a backend does not
/// end all connections that expire during it. Called on the client's shard.
/// </summary>
internal sealed class ConnectionRenewal(
    ApplicationModel application, ClientTokens tokens, HubClock clock, PayloadSerializer payloads, HubOptions hubOptions, HandlerInvoker handlers)
{
    /// <summary>Time between two calls for the same client or subscription.</summary>
    public const long RetryMilliseconds = 5000;

    /// <summary>Executes a client's command with a new connection token.</summary>
    public async ValueTask<Outcome<RefreshResult>> RefreshAsync(Client client, string token)
    {
        if (application.Refresh is not null) return Disconnects.BadRequest.Because("The application renews connections with OnRefresh: clients must not send tokens.");
        if (!tokens.AreVerified) return Disconnects.BadRequest.Because("The server verifies no tokens: call AddTokens.", true);
        if (token.Length == 0) return Disconnects.BadRequest.Because("The command has no token.");
        var verified = await tokens.VerifyConnectionAsync(client, token).OnShard(client.Shard);
        if (client.Phase == ClientPhase.Closed) return Disconnects.ConnectionClosed;
        if (verified.Error is { } expired) return Disconnects.ConnectionExpired.Because(expired.Explanation!);
        if (!verified.IsSuccess) return verified.Failure<RefreshResult>();
        var fresh = verified.Value;
        if (fresh.User != client.TokenUser) return Disconnects.InvalidToken.Because("The token names another user than the one before it.", true);
        if (!TokenChannels.AreThoseOf(client, fresh.Subscriptions)) return Disconnects.InsufficientState.Because("The token names other channels than the one before it: the client connects again.");

        var expiry = tokens.ExpiryOf(fresh);
        if (clock.IsOver(expiry)) return Disconnects.ConnectionExpired;
        Apply(client, fresh);
        client.Timer.Expire(MomentOf(expiry));
        var ttl = clock.TtlOf(expiry);
        return new RefreshResult { Client = client.Id, Version = ConnectReply.ServerVersion, Expires = ttl > 0, TtlSeconds = ttl };
    }

    /// <summary>Ends a client whose connection has expired, unless the application's handler renews it in time.</summary>
    public void OnExpired(Client client)
    {
        if (application.Refresh is not { } refresh)
        {
            client.End(Disconnects.ConnectionExpired);
            return;
        }

        var now = clock.Now;
        if (client.Extras.RenewBy == 0)
        {
            client.Extras = client.Extras with { RenewBy = now + (long)hubOptions.ExpiredCloseDelay.TotalMilliseconds };
        }
        else if (now >= client.Extras.RenewBy)
        {
            client.End(Disconnects.ConnectionExpired);
            return;
        }

        if (!client.Extras.IsRenewing) _ = RenewAsync(client, refresh);
        if (client.Extras.RenewBy is var end and > 0) client.Timer.Expire(Math.Min(end, now + RetryMilliseconds));
    }

    /// <summary>Sets the expiry of a connection and sends it to the client.</summary>
    public void SetExpiry(Client client, DateTimeOffset? expiry)
    {
        client.Timer.Expire(MomentOf(expiry));
        client.Sender.SendOwned(client.Wire.EncodeRefresh(expiry is not null, clock.TtlOf(expiry)));
    }

    /// <summary>Returns the seconds until the client must refresh; 0 when it need not, because it does not expire or the application renews it.</summary>
    public uint TtlOf(DateTimeOffset? expiry) => application.Refresh is null ? clock.TtlOf(expiry) : 0;

    /// <summary>Returns the expiry of the connection on the hub's clock. A client refreshes at its expiry; the grace period is for the command to arrive.</summary>
    public long MomentOf(DateTimeOffset? expiry)
    {
        if (expiry is null) return 0;
        var grace = application.Refresh is null ? (long)hubOptions.ExpiredCloseDelay.TotalMilliseconds : 0;
        return clock.MomentOf(expiry) + grace;
    }

    // When the connect handler replaced the info or meta of the first token, those of further tokens are ignored.
    private static void Apply(Client client, ConnectionToken token)
    {
        var extras = client.Extras;
        if (!extras.KeepsInfo) client.Identify(client.User, token.Info);
        if (!extras.KeepsMeta && !(token.Meta.IsEmpty && extras.Meta.IsEmpty)) client.Extras = extras with { Meta = token.Meta };
    }

    private async Task RenewAsync(Client client, Handler<RefreshDecision> refresh)
    {
        try
        {
            client.Extras = client.Extras with { IsRenewing = true };
            var answer = await handlers.DecideAsync(refresh, new HandlerContext { Type = "refresh", Client = client }).OnShard(client.Shard);
            client.Extras = client.Extras with { IsRenewing = false };
            if (client.Phase == ClientPhase.Closed || answer.Error is { IsTemporary: true }) return;
            if (answer.Value is not { } reply || clock.IsOver(reply.ExpiresAt))
            {
                client.End(answer.Disconnect ?? Disconnects.ConnectionExpired);
                return;
            }

            if (reply.Info is { } info) client.Identify(client.User, payloads.SerializeObject(info));
            client.Extras = client.Extras with { RenewBy = 0, Meta = reply.Meta.IsEmpty ? client.Meta : reply.Meta };
            client.Timer.Expire(clock.MomentOf(reply.ExpiresAt));
        }
        catch (Exception exception)
        {
            client.Fail(exception);
        }
    }
}
