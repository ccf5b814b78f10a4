using Duplex.Execution;
using Duplex.Messaging.Application;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Tokens;

namespace Duplex.Messaging.Clients;

/// <summary>
/// Authenticates clients that connect: by the user of their request, their token or the application's handler, or as anonymous
/// clients when the options permit it. Called on the client's shard.
/// </summary>
internal sealed class ClientAuthenticator(
    ApplicationModel application, ClientTokens tokens, HubClock clock, PayloadSerializer payloads, HubOptions hubOptions, ClientAdmission admission)
{
    public async ValueTask<Outcome<Credentials>> AuthenticateAsync(Client client, ConnectRequest request)
    {
        ConnectionToken? token = null;
        if (request.Token.Length > 0 && string.IsNullOrEmpty(client.Features.User))
        {
            var verified = await tokens.VerifyConnectionAsync(client, request.Token).OnShard(client.Shard);
            if (!verified.IsSuccess) return verified.Failure<Credentials>();
            token = verified.Value;
            if (token.User.Length == 0 && hubOptions.DisallowAnonymousTokens) return Disconnects.PermissionDenied.Because("The token names no user, which DisallowAnonymousTokens refuses.", true);
            Identify(client, token);
        }
        else if (client.Features.User is { Length: > 0 } user)
        {
            client.Identify(user, default);
        }

        ConnectDecision? decision = null;
        if (application.Connect is { } handler)
        {
            var decided = await admission.DecideAsync(client, handler, request.Data).OnShard(client.Shard);
            if (!decided.IsSuccess) return decided.Failure<Credentials>();
            decision = decided.Value;
            Apply(decision, client, token);
        }
        else if (token is null && client.User.Length == 0 && !hubOptions.AllowAnonymous && !hubOptions.IsInsecure)
        {
            return Disconnects.BadRequest.Because("The client has no token: send one, map OnConnect, or set AllowAnonymous.", true);
        }

        if (decision is null && token is null) return Credentials.None;
        var expiry = decision?.ExpiresAt ?? (token is null ? null : tokens.ExpiryOf(token));
        if (clock.IsOver(expiry)) return ClientErrors.Expired;
        return new Credentials(decision ?? Credentials.DefaultDecision, token?.Subscriptions ?? [], expiry);
    }

    private static void Identify(Client client, ConnectionToken token)
    {
        client.Identify(token.User, token.Info);
        if (!token.Meta.IsEmpty) client.Extras = client.Extras with { Meta = token.Meta };
    }

    private void Apply(ConnectDecision decision, Client client, ConnectionToken? token)
    {
        var user = decision.User ?? client.User;
        if (token is not null || !decision.Meta.IsEmpty)
        {
            client.Extras = client.Extras with
            {
                TokenUser = token is null || token.User == user ? null : token.User,
                KeepsInfo = decision.Info is not null,
                KeepsMeta = !decision.Meta.IsEmpty,
                Meta = decision.Meta.IsEmpty ? client.Meta : decision.Meta,
            };
        }

        client.Identify(user, decision.Info is { } info ? payloads.SerializeObject(info) : client.ConnectionInfo);
    }
}
