using Duplex.Messaging.Application;
using Duplex.Messaging.Clients;

namespace Duplex.Messaging.Tests.Access;

/// <summary>Connecting: every token, handler and option, with and without a user that the request brings.</summary>
public sealed class ConnectMatrixTests
{
    private const int ClosePermissionDenied = 3507;

    [Fact]
    public void Connect_is_refused_unless_a_token_the_request_the_handler_or_the_options_allow_it()
    {
        var matrix = new AccessMatrix();
        var cases =
            from kind in ScriptedHandler.Kinds
            from token in (TokenKind[])[TokenKind.None, TokenKind.Valid, TokenKind.Invalid, TokenKind.Expired, TokenKind.Unavailable]
            from isNamed in AccessMatrix.Both
            from hasVerifier in AccessMatrix.Both
            from requestUser in ((string?[])[null, "", "carl"])
            from allowAnonymous in AccessMatrix.Both
            from disallowAnonymousTokens in AccessMatrix.Both
            from insecure in AccessMatrix.Both
            select (kind, token, isNamed, hasVerifier, requestUser, allowAnonymous, disallowAnonymousTokens, insecure);
        foreach (var (kind, token, isNamed, hasVerifier, requestUser, allowAnonymous, disallowAnonymousTokens, insecure) in cases)
        {
            var one = new Case(kind, token, isNamed, hasVerifier, requestUser, allowAnonymous, disallowAnonymousTokens, insecure);
            var handler = new ScriptedHandler(kind);
            using var stage = new AccessStage(
                handler,
                isNamed ? ClientKind.User : ClientKind.Anonymous,
                options =>
                {
                    options.AllowAnonymous = allowAnonymous;
                    options.DisallowAnonymousTokens = disallowAnonymousTokens;
                    options.IsInsecure = insecure;
                },
                application: model => model.Connect = handler.Connect(ConnectDecision.Allow()),
                hasVerifier: hasVerifier,
                isConnected: false,
                requestUser: requestUser ?? "");

            var code = stage.Execute(token == TokenKind.None ? """{"id":7,"connect":{}}""" : "{\"id\":7,\"connect\":{" + AccessStage.TokenField(token)[1..] + "}}");
            matrix.Check(Expected(one), code, stage.Client.Client.Phase == ClientPhase.Connected, one);
        }

        matrix.Holds();
    }

    private static int Expected(Case one)
    {
        var hasRequestUser = !string.IsNullOrEmpty(one.RequestUser);
        var hasToken = one.Token != TokenKind.None && !hasRequestUser;
        if (hasToken)
        {
            if (!one.HasVerifier || one.Token == TokenKind.Invalid) return AccessRules.CloseInvalidToken;
            if (one.Token == TokenKind.Expired) return AccessRules.TokenExpired;
            if (one.Token == TokenKind.Unavailable) return AccessRules.CloseInternal;
            if (!one.TokenNamesUser && one.DisallowAnonymousTokens) return ClosePermissionDenied;
        }

        if (AccessRules.OfHandler(one.Handler) is { } code) return code;
        return hasToken || hasRequestUser || one.AllowAnonymous || one.Insecure ? AccessRules.Allowed : AccessRules.CloseBadRequest;
    }

    private sealed record Case(
        HandlerKind Handler,
        TokenKind Token,
        bool TokenNamesUser,
        bool HasVerifier,
        string? RequestUser,
        bool AllowAnonymous,
        bool DisallowAnonymousTokens,
        bool Insecure);
}
