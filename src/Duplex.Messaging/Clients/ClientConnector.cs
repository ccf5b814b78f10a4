using Duplex.Execution;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Subscriptions;
using Duplex.Messaging.Tokens;

namespace Duplex.Messaging.Clients;

/// <summary>Lets clients in, renews them, and cleans up behind them.</summary>
internal sealed class ClientConnector(
    ApplicationModel application,
    ITokenVerifier? tokenVerifier,
    HubClock clock,
    NamespaceTable namespaces,
    ClientTable clientTable,
    PayloadSerializer payloads,
    HubOptions hubOptions,
    NamePool names,
    OpenWork work,
    MembershipNews news,
    ClientSubscriber subscriber,
    ServerSubscriber serverSubscriber,
    HandlerInvoker handlers,
    ClientUnsubscriber unsubscriber,
    ConnectionRenewal renewal)
{
    /// <summary>Limit: characters of the name of a client's library; longer ones disconnect it with 3501.</summary>
    private const int MaxNameLength = 16;

    /// <summary>Limit: characters of its version; longer ones disconnect it with 3501.</summary>
    private const int MaxVersionLength = 64;

    /// <summary>The name and version of the server in connect and refresh replies.</summary>
    private static readonly string ServerVersion = $"{typeof(ClientConnector).Assembly.GetName().Version?.ToString(3)} Duplex";

    private static readonly ConnectDecision NoReply = ConnectDecision.Allow();

    public async ValueTask<Outcome<ConnectResult>> ConnectAsync(Client client, ConnectRequest request)
    {
        if (client.Phase != ClientPhase.Open) return Disconnects.BadRequest.Because("The client sent a second connect command.");
        if (request.Name.Length > MaxNameLength || request.Version.Length > MaxVersionLength) return Disconnects.BadRequest.Because($"The name of the client's library has more than {MaxNameLength} characters, or its version more than {MaxVersionLength}.");
        if (EmulatedHeaders.FaultOf(request.Headers) is { } fault)
        {
            return Disconnects.BadRequest.Because($"The connect command is refused: {fault}.");
        }

        if (work.IsStopping) return Disconnects.Shutdown;
        if (clientTable.IsFull(hubOptions.MaxConnections)) return Disconnects.ConnectionLimit.Because("MaxConnections is reached: raise it if clients need more.", true);
        client.Phase = ClientPhase.Connecting;
        if (request.Headers is { Count: > 0 } headers) client.Details = new ClientDetails { EmulatedHeaders = headers };
        client.SdkName = names.Share(request.Name);
        client.SdkVersion = names.Share(request.Version);

        var credentials = await AuthenticateAsync(client, request).OnShard(client.Shard);
        if (client.Phase == ClientPhase.Closed) return Disconnects.ConnectionClosed;
        if (!credentials.IsSuccess) return Refuse(client, credentials.Failure<ConnectResult>());
        var (reply, tokenSubscriptions, expiry) = credentials.Value;
        if (clock.IsOver(expiry)) return Refuse(client, ClientErrors.Expired);

        var grants = await SubscribeAsync(client, request, Wanted(client, tokenSubscriptions, reply)).OnShard(client.Shard);
        if (client.Phase == ClientPhase.Closed) return Disconnects.ConnectionClosed;
        if (!grants.IsSuccess) return Refuse(client, grants.Failure<ConnectResult>());

        foreach (var grant in grants.Value)
        {
            if (TokenChannels.Name(tokenSubscriptions, grant.Channel)) grant.Subscription!.Set(SubscriptionTraits.ByToken);
        }

        if (!clientTable.TryAdd(client, hubOptions.MaxConnections, hubOptions.MaxConnectionsPerUser)) return Disconnects.ConnectionLimit;
        client.Phase = ClientPhase.Connected;
        if (!client.IsLetIn)
        {
            work.Begin();
            client.IsLetIn = true;
        }

        // Either a hub that stops finds the client in the table, or the client finds here that the hub stops.
        if (work.IsStopping) return Disconnects.Shutdown;
        if (hubOptions.PersonalChannel.IsSingleConnection) EndOthers(client);
        client.Timer.Connected(ExpiryMoment(expiry));
        var ttl = application.Refresh is null ? clock.TtlOf(expiry) : 0;
        var ping = client.Features.Pings ? (uint)hubOptions.PingInterval.GetValueOrDefault().TotalSeconds : 0;
        return new ConnectResult
        {
            Client = client.Id,
            Version = ServerVersion,
            Expires = ttl > 0,
            TtlSeconds = ttl,
            Data = payloads.SerializeObject(reply.Data),
            Subscriptions = grants.Value,
            PingSeconds = ping,
            Pong = ping > 0 && !client.Features.IsUnidirectional,
            Session = client.Features.Session,
            Node = client.Features.Node,
            TimeMs = hubOptions.ConnectIncludesServerTime ? clock.UtcNow.ToUnixTimeMilliseconds() : 0,
        };
    }

    /// <summary>The client shows a new token.</summary>
    public async ValueTask<Outcome<RefreshResult>> RefreshAsync(Client client, string token)
    {
        if (application.Refresh is not null) return Disconnects.BadRequest.Because("The application renews connections with OnRefresh: clients must not send tokens.");
        if (tokenVerifier is null) return Disconnects.BadRequest.Because("The server verifies no tokens: call AddTokens.", true);
        if (token.Length == 0) return Disconnects.BadRequest.Because("The command has no token.");
        var verdict = await tokenVerifier.VerifyConnectionAsync(token, client.Disconnected).OnShard(client.Shard);
        if (client.Phase == ClientPhase.Closed) return Disconnects.ConnectionClosed;
        if (verdict.Status == TokenStatus.Expired) return Disconnects.ConnectionExpired.Because(verdict.Explain());
        if (verdict.Status == TokenStatus.Unavailable) return Disconnects.InternalError.Because(verdict.Explain());
        if (verdict.Token is not { } fresh) return Disconnects.InvalidToken.Because(verdict.Explain(), true);
        if (fresh.User != client.TokenUser) return Disconnects.InvalidToken.Because("The token names another user than the one before it.", true);
        if (!TokenChannels.AreThoseOf(client, fresh.Subscriptions)) return Disconnects.InsufficientState.Because("The token names other channels than the one before it: the client connects again.");

        var expiry = ExpiryOf(fresh);
        if (clock.IsOver(expiry)) return Disconnects.ConnectionExpired;
        Renew(client, fresh);
        client.Timer.Expire(ExpiryMoment(expiry));
        var ttl = clock.TtlOf(expiry);
        return new RefreshResult { Client = client.Id, Version = ServerVersion, Expires = ttl > 0, TtlSeconds = ttl };
    }

    /// <summary>The client's time is over: the application may renew it, else it goes.</summary>
    public void OnExpired(Client client)
    {
        if (application.Refresh is { } refresh) renewal.OnExpired(client, refresh);
        else client.End(Disconnects.ConnectionExpired);
    }

    public void SetExpiry(Client client, DateTimeOffset? expiry)
    {
        client.Timer.Expire(ExpiryMoment(expiry));
        client.SendOwned(client.Wire.EncodeRefresh(expiry is not null, clock.TtlOf(expiry)));
    }

    /// <summary>Takes a client out of everything it was in.</summary>
    public void Leave(Client client)
    {
        clientTable.Remove(client);
        unsubscriber.EndAll(client);
        news.Flush(client);
        Dismiss(client);
    }

    // Once for each client that was let in, however far it came after that.
    private void Dismiss(Client client)
    {
        if (!client.IsLetIn) return;
        client.IsLetIn = false;
        if (application.Disconnect is { } handler) handlers.Notify(handler, new HandlerContext { Type = "disconnect", Client = client });
        work.End();
    }

    private static void Identify(Client client, ConnectionToken token)
    {
        client.Identify(token.User, token.Info);
        if (!token.Meta.IsEmpty) client.Details = client.Details with { Meta = token.Meta };
    }

    // What the connect handler said in place of the first token holds against the next ones too.
    private static void Renew(Client client, ConnectionToken token)
    {
        var details = client.Details;
        if (!details.KeepsInfo) client.Identify(client.User, token.Info);
        if (!details.KeepsMeta && !(token.Meta.IsEmpty && details.Meta.IsEmpty)) client.Details = details with { Meta = token.Meta };
    }

    private void Decide(Client client, ConnectionToken? token, ConnectDecision reply)
    {
        var user = reply.User ?? client.User;
        if (token is not null || !reply.Meta.IsEmpty)
        {
            client.Details = client.Details with
            {
                TokenUser = token is null || token.User == user ? null : token.User,
                KeepsInfo = reply.Info is not null,
                KeepsMeta = !reply.Meta.IsEmpty,
                Meta = reply.Meta.IsEmpty ? client.Meta : reply.Meta,
            };
        }

        client.Identify(user, reply.Info is { } info ? payloads.SerializeObject(info) : client.ConnectionInfo);
    }

    private DateTimeOffset? ExpiryOf(ConnectionToken token) => hubOptions.IsInsecure ? null : token.ExpiresAt;

    private void EndOthers(Client client)
    {
        if (client.User.Length == 0) return;
        foreach (var other in clientTable.OfUser(client.User))
        {
            if (!ReferenceEquals(other, client)) other.Disconnect(Disconnects.ConnectionLimit.Because("The user connected again, and PersonalChannel allows one connection.", false));
        }
    }

    private IReadOnlyList<ServerSubscription> Wanted(Client client, IReadOnlyList<ServerSubscription> tokenSubscriptions, ConnectDecision reply)
    {
        var own = hubOptions.PersonalChannel.ChannelOf(client.User, namespaces);
        if (own is null && tokenSubscriptions.Count == 0) return reply.Subscriptions;
        List<ServerSubscription> wanted = [.. tokenSubscriptions, .. reply.Subscriptions];
        if (own is not null && !TokenChannels.Name(wanted, own)) wanted.Add(own);
        return wanted;
    }

    // A connect error leaves the transport open for the client to close; the stale timer stands behind it.
    private Outcome<ConnectResult> Refuse(Client client, Outcome<ConnectResult> failure)
    {
        client.Phase = ClientPhase.Refused;
        unsubscriber.EndAll(client);
        Dismiss(client);
        return failure;
    }

    /// <summary>Finds out who the client is, and what it may have.</summary>
    private async ValueTask<Outcome<Credentials>> AuthenticateAsync(Client client, ConnectRequest request)
    {
        ConnectionToken? token = null;
        if (request.Token.Length > 0 && string.IsNullOrEmpty(client.Features.User))
        {
            if (tokenVerifier is null) return Disconnects.InvalidToken.Because("The client sent a token, and the server verifies none: call AddTokens.", true);
            var verdict = await tokenVerifier.VerifyConnectionAsync(request.Token, client.Disconnected).OnShard(client.Shard);
            if (verdict.Status == TokenStatus.Expired) return ClientErrors.TokenExpired.Because(verdict.Explain());
            if (verdict.Status == TokenStatus.Unavailable) return Disconnects.InternalError.Because(verdict.Explain());
            token = verdict.Token;
            if (token is null) return Disconnects.InvalidToken.Because(verdict.Explain(), true);
            if (token.User.Length == 0 && hubOptions.DisallowAnonymousTokens) return Disconnects.PermissionDenied.Because("The token names no user, which DisallowAnonymousTokens refuses.", true);
            Identify(client, token);
        }
        else if (client.Features.User is { Length: > 0 } user)
        {
            client.Identify(user, default);
        }

        ConnectDecision? reply = null;
        if (application.Connect is { } handler)
        {
            // Before the call, so that a hub that stops does not stop between the handler's return and what follows from it.
            work.Begin();
            var answer = await handlers.DecideAsync(handler, new HandlerContext { Type = "connect", Client = client, Data = request.Data }).OnShard(client.Shard);
            if (!answer.IsSuccess)
            {
                work.End();
                return answer.Failure<Credentials>();
            }

            // From here on the application is owed the news that the client has gone; it may have gone meanwhile.
            client.IsLetIn = true;
            if (client.Phase == ClientPhase.Closed)
            {
                Dismiss(client);
                return Disconnects.ConnectionClosed;
            }

            reply = answer.Value;
            Decide(client, token, reply);
        }
        else if (token is null && client.User.Length == 0 && !hubOptions.AllowAnonymous && !hubOptions.IsInsecure)
        {
            return Disconnects.BadRequest.Because("The client has no token: send one, map OnConnect, or set AllowAnonymous.", true);
        }

        return reply is null && token is null
            ? Credentials.None
            : new Credentials(reply ?? NoReply, token?.Subscriptions ?? [], reply?.ExpiresAt ?? (token is null ? null : ExpiryOf(token)));
    }

    private async ValueTask<Outcome<IReadOnlyList<SubscribeResult>>> SubscribeAsync(
        Client client, ConnectRequest request, IReadOnlyList<ServerSubscription> wanted)
    {
        // A one-way client cannot subscribe later: it names the channels in its connect.
        IEnumerable<string> requested = client.Features.IsUnidirectional ? request.Subs.Keys : [];
        if (wanted.Count == 0 && !requested.Any()) return Grants([]);
        List<SubscribeResult> grants = [];
        foreach (var one in wanted)
        {
            if (client.FindSubscription(one.Channel) is not null) continue;
            var outcome = await serverSubscriber.SubscribeAsync(client, one, request.RecoverSince(one.Channel)).OnShard(client.Shard);
            if (outcome.Error == ClientErrors.LimitExceeded) return Disconnects.ChannelLimit.Because("The token or handler names more channels than MaxSubscriptionsPerClient allows.", true);
            if (!outcome.IsSuccess) return outcome.Failure<IReadOnlyList<SubscribeResult>>();
            grants.Add(outcome.Value);
        }

        foreach (var channel in requested)
        {
            if (client.FindSubscription(channel) is not null) continue;
            var asked = SubscribeRequest.To(channel, request.RecoverSince(channel));
            var outcome = await subscriber.SubscribeAsync(client, asked, isServerSide: true).OnShard(client.Shard);
            if (outcome.Disconnect is { } disconnect) return disconnect;
            if (outcome.IsSuccess) grants.Add(outcome.Value);
        }

        return Grants(grants);
    }

    private static Outcome<IReadOnlyList<SubscribeResult>> Grants(IReadOnlyList<SubscribeResult> grants) =>
        Outcome<IReadOnlyList<SubscribeResult>>.FromValue(grants);

    // The client refreshes at its expiry; the grace is for the refresh to arrive.
    private long ExpiryMoment(DateTimeOffset? expiry)
    {
        if (expiry is null) return 0;
        var grace = application.Refresh is null ? (long)hubOptions.ExpiredCloseDelay.TotalMilliseconds : 0;
        return clock.MomentOf(expiry) + grace;
    }

    private sealed record Credentials(ConnectDecision Reply, IReadOnlyList<ServerSubscription> Subscriptions, DateTimeOffset? Expiry)
    {
        /// <summary>Those of a client that nobody vouches for, nor says anything about.</summary>
        public static Credentials None { get; } = new(NoReply, [], null);
    }
}
