using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;

namespace Duplex.Messaging.Tests.Access;

/// <summary>Renewing connections and subscriptions: by the client's token, or by the application's handler at the expiry.</summary>
public sealed class RefreshMatrixTests
{
    private const int CloseConnectionExpired = 3005;
    private const int CloseSubscriptionExpired = 3006;

    private static readonly DateTimeOffset Expiry = new(2026, 1, 1, 0, 0, 20, TimeSpan.Zero);

    /// <summary>How the client is subscribed.</summary>
    public enum Subscribed
    {
        /// <summary>It is not.</summary>
        No,

        /// <summary>By the options.</summary>
        ByOptions,

        /// <summary>By a token without an expiry.</summary>
        ByToken,

        /// <summary>By a token that expires.</summary>
        ByExpiringToken,
    }

    [Fact]
    public void Refresh_of_a_connection_is_refused_unless_its_token_is_valid()
    {
        var matrix = new AccessMatrix();
        var cases =
            from client in (ClientKind[])[ClientKind.Unconnected, ClientKind.Anonymous, ClientKind.User]
            from kind in ScriptedHandler.Kinds
            from token in Enum.GetValues<TokenKind>().Except([TokenKind.OtherChannel])
            from hasVerifier in AccessMatrix.Both
            from insecure in AccessMatrix.Both
            select (client, kind, token, hasVerifier, insecure);
        foreach (var (client, kind, token, hasVerifier, insecure) in cases)
        {
            var expected = client == ClientKind.Unconnected || kind != HandlerKind.Absent || !hasVerifier || token == TokenKind.None
                ? AccessRules.CloseBadRequest
                : token switch
                {
                    TokenKind.Valid => AccessRules.Allowed,
                    TokenKind.Expired => CloseConnectionExpired,
                    TokenKind.Unavailable => AccessRules.CloseInternal,
                    _ => AccessRules.CloseInvalidToken,
                };
            var handler = new ScriptedHandler(kind);
            using var stage = new AccessStage(
                handler, client, options => options.IsInsecure = insecure, application: model => model.Refresh = handler.Refresh(), hasVerifier: hasVerifier);

            var code = stage.Execute("{\"id\":7,\"refresh\":{\"token\":\"" + (token == TokenKind.None ? "" : token) + "\"}}");
            matrix.Check(expected, code, expected == AccessRules.Allowed, (client, kind, token, hasVerifier, insecure));
        }

        matrix.Holds();
    }

    [Fact]
    public void Refresh_of_a_subscription_is_refused_unless_it_was_made_by_a_token_that_expires_and_its_token_is_valid()
    {
        var matrix = new AccessMatrix();
        var cases =
            from client in (ClientKind[])[ClientKind.Unconnected, ClientKind.Anonymous, ClientKind.User]
            from kind in ScriptedHandler.Kinds
            from subscribed in Enum.GetValues<Subscribed>()
            from token in Enum.GetValues<TokenKind>()
            from insecure in AccessMatrix.Both
            select (client, kind, subscribed, token, insecure);
        foreach (var (client, kind, subscribed, token, insecure) in cases)
        {
            var handler = new ScriptedHandler(kind);
            using var stage = new AccessStage(
                handler,
                client,
                options => options.IsInsecure = insecure,
                static options => options.AllowSubscribe = options.AllowSubscribeForAnonymous = true,
                model => model.AddChannel("news:{name}").Refresh = handler.Refresh(),
                expires: subscribed == Subscribed.ByExpiringToken);
            if (subscribed != Subscribed.No && client != ClientKind.Unconnected)
            {
                var by = subscribed == Subscribed.ByOptions ? TokenKind.None : TokenKind.Valid;
                Assert.Equal(AccessRules.Allowed, stage.Execute(AccessStage.SubscribeCommand(AccessStage.Channel, SubscriptionType.Stream, by)));
            }

            var code = stage.Execute("{\"id\":7,\"sub_refresh\":{\"channel\":\"news:a\",\"token\":\"" + (token == TokenKind.None ? "" : token) + "\"}}");
            var expected = client == ClientKind.Unconnected ? AccessRules.CloseBadRequest : ExpectedOf(subscribed, token);
            matrix.Check(expected, code, expected == AccessRules.Allowed, (client, kind, subscribed, token, insecure));
        }

        matrix.Holds();
    }

    [Fact]
    public void Connection_ends_at_its_expiry_unless_the_handler_renews_it()
    {
        var matrix = new AccessMatrix();
        var cases =
            from kind in ScriptedHandler.Kinds
            from insecure in AccessMatrix.Both
            select (kind, insecure);
        foreach (var (kind, insecure) in cases)
        {
            var expected = kind switch
            {
                HandlerKind.Allows or HandlerKind.AllowsLater => AccessRules.Allowed,
                HandlerKind.DeniesWithDisconnect or HandlerKind.ThrowsDisconnect => AccessRules.OfHandler(kind)!.Value,
                _ => CloseConnectionExpired,
            };
            var handler = new ScriptedHandler(kind);
            using var stage = new AccessStage(handler, ClientKind.User, options => options.IsInsecure = insecure, application: model =>
            {
                model.Connect = static _ => new(ConnectDecision.Allow() with { ExpiresAt = Expiry });
                model.Refresh = handler.Refresh();
            });
            stage.Wait(TimeSpan.FromSeconds(60));

            matrix.Check(expected, stage.Client.CloseCode ?? AccessRules.Allowed, stage.Client.CloseCode is null, (kind, insecure));
        }

        matrix.Holds();
    }

    [Fact]
    public void Subscription_ends_at_its_expiry_unless_the_handler_renews_it()
    {
        var matrix = new AccessMatrix();
        var cases =
            from kind in ScriptedHandler.Kinds
            from insecure in AccessMatrix.Both
            select (kind, insecure);
        foreach (var (kind, insecure) in cases)
        {
            var handler = new ScriptedHandler(kind);
            using var stage = new AccessStage(handler, ClientKind.User, options => options.IsInsecure = insecure, application: model =>
            {
                var route = model.AddChannel("news:{name}");
                route.Subscribe = static _ => new(SubscribeDecision.Allow() with { ExpiresAt = Expiry });
                route.Refresh = handler.Refresh();
            });
            Assert.Equal(AccessRules.Allowed, stage.Execute(AccessStage.SubscribeCommand(AccessStage.Channel, SubscriptionType.Stream)));
            stage.Wait(TimeSpan.FromSeconds(120));

            var isSubscribed = stage.Client.Client.Subscriptions.Find(AccessStage.Channel) is not null;
            var code = isSubscribed ? AccessRules.Allowed : CloseSubscriptionExpired;
            matrix.Check(kind is HandlerKind.Allows or HandlerKind.AllowsLater ? AccessRules.Allowed : CloseSubscriptionExpired, code, isSubscribed, (kind, insecure));
        }

        matrix.Holds();
    }

    private static int ExpectedOf(Subscribed subscribed, TokenKind token)
    {
        if (token == TokenKind.None) return AccessRules.BadRequest;
        if (subscribed == Subscribed.No) return AccessRules.PermissionDenied;
        if (subscribed != Subscribed.ByExpiringToken) return AccessRules.CloseBadRequest;
        return token switch
        {
            TokenKind.Valid => AccessRules.Allowed,
            TokenKind.Expired => CloseSubscriptionExpired,
            TokenKind.Unavailable => AccessRules.CloseInternal,
            _ => AccessRules.CloseInvalidToken,
        };
    }
}
