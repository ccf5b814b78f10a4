using Duplex.Messaging.Channels;

namespace Duplex.Messaging.Tests.Access;

/// <summary>Subscribing to streams, maps and shared polls: every token, handler, option, form of a channel's name, and client.</summary>
public sealed class SubscribeMatrixTests
{
    private const string Plain = "news:a";
    private const string Own = "news:a#ann";
    private const string Others = "news:a#bob";
    private const string Private = "$news:a";

    private static readonly ClientKind[] Clients = [ClientKind.Anonymous, ClientKind.User];

    [Theory]
    [InlineData(SubscriptionType.Stream)]
    [InlineData(SubscriptionType.Map)]
    [InlineData(SubscriptionType.SharedPoll)]
    public void Subscription_is_refused_unless_the_name_the_handler_or_the_options_allow_it(SubscriptionType type)
    {
        var matrix = new AccessMatrix();
        var cases =
            from channel in (string[])[Plain, Own, Others, Private]
            from client in Clients
            from kind in ScriptedHandler.Kinds
            from rules in OptionRules.All
            from others in AccessMatrix.Both
            select (channel, client, kind, rules, others);
        foreach (var (channel, client, kind, rules, others) in cases)
        {
            Check(matrix, new Case(type, channel, client, kind, rules, others, TokenKind.None, HasVerifier: true));
        }

        matrix.Holds();
    }

    [Theory]
    [InlineData(SubscriptionType.Stream)]
    [InlineData(SubscriptionType.Map)]
    [InlineData(SubscriptionType.SharedPoll)]
    public void Token_alone_decides_whatever_handlers_and_options_allow(SubscriptionType type)
    {
        var matrix = new AccessMatrix();
        var cases =
            from channel in (string[])[Plain, Private]
            from client in Clients
            from kind in ScriptedHandler.Kinds
            from rules in OptionRules.All
            from token in Enum.GetValues<TokenKind>().Where(static token => token != TokenKind.None)
            from hasVerifier in (token == TokenKind.Valid ? AccessMatrix.Both : [true])
            select (channel, client, kind, rules, token, hasVerifier);
        foreach (var (channel, client, kind, rules, token, hasVerifier) in cases)
        {
            Check(matrix, new Case(type, channel, client, kind, rules, Others: true, token, hasVerifier));
        }

        matrix.Holds();
    }

    [Fact]
    public void Client_that_has_not_connected_subscribes_to_nothing()
    {
        var matrix = new AccessMatrix();
        var cases =
            from type in (SubscriptionType[])[SubscriptionType.Stream, SubscriptionType.Map, SubscriptionType.SharedPoll]
            from kind in ScriptedHandler.Kinds
            from rules in OptionRules.All
            from token in (TokenKind[])[TokenKind.None, TokenKind.Valid]
            select (type, kind, rules, token);
        foreach (var (type, kind, rules, token) in cases)
        {
            Check(matrix, new Case(type, Plain, ClientKind.Unconnected, kind, rules, Others: true, token, HasVerifier: true));
        }

        matrix.Holds(allows: false);
    }

    private static void Check(AccessMatrix matrix, Case one)
    {
        var expected = Expected(one);
        var handler = new ScriptedHandler(one.Handler);
        var other = new ScriptedHandler(one.Others ? HandlerKind.Allows : HandlerKind.Absent);
        using var stage = new AccessStage(
            handler,
            one.Client,
            options => options.IsInsecure = one.Rules.Insecure,
            options =>
            {
                if (one.Type == SubscriptionType.Map) AccessStage.UseMaps(options);
                options.SubscriptionType = one.Type;
                options.AllowSubscribe = one.Rules.Allow;
                options.AllowSubscribeForAnonymous = one.Rules.ForAnonymous;
                options.AllowUserLimitedChannels = one.Rules.UserLimited;
                options.AllowPublish = options.AllowPublishForAnonymous = options.AllowPublishForSubscriber = one.Others;
                options.AllowHistory = options.AllowHistoryForAnonymous = options.AllowHistoryForSubscriber = one.Others;
                options.AllowPresence = options.AllowPresenceForAnonymous = options.AllowPresenceForSubscriber = one.Others;
            },
            model =>
            {
                var route = model.AddChannel("{channel}");
                route.Subscribe = handler.Subscribe();
                (route.Publish, route.Presence, route.History) = (other.Publish(), other.Access(), other.Access());
                if (one.Type == SubscriptionType.SharedPoll) route.Poll = static _ => new([]);
            },
            one.HasVerifier,
            one.Channel);

        var code = stage.Execute(AccessStage.SubscribeCommand(one.Channel, one.Type, one.Token));
        matrix.Check(expected, code, stage.Client.Client.Subscriptions.Find(one.Channel) is not null, one);
    }

    private static int Expected(Case one)
    {
        if (one.Client == ClientKind.Unconnected) return AccessRules.CloseBadRequest;
        if (one.Token != TokenKind.None) return one.HasVerifier ? OfToken(one.Token) : AccessRules.PermissionDenied;
        if (one.Channel == Private) return AccessRules.PermissionDenied;
        if (one.Rules.UserLimited && one.Channel == Own && one.Client == ClientKind.User) return AccessRules.Allowed;
        if (AccessRules.OfHandler(one.Handler) is { } code) return code;
        if (one.Rules.Insecure) return AccessRules.Allowed;
        return !(one.Rules.UserLimited && one.Channel is (Own or Others))
            && AccessRules.ByOptions(one.Client, one.Rules.Allow, one.Rules.ForAnonymous, false)
            ? AccessRules.Allowed
            : AccessRules.PermissionDenied;
    }

    private static int OfToken(TokenKind token) => token switch
    {
        TokenKind.Valid => AccessRules.Allowed,
        TokenKind.Expired => AccessRules.TokenExpired,
        TokenKind.Unavailable => AccessRules.CloseInternal,
        TokenKind.OtherUser or TokenKind.OtherChannel => AccessRules.CloseInvalidToken,
        _ => AccessRules.PermissionDenied,
    };

    private sealed record OptionRules(bool Allow, bool ForAnonymous, bool UserLimited, bool Insecure)
    {
        public static OptionRules[] All { get; } =
        [
            .. from allow in AccessMatrix.Both
               from forAnonymous in AccessMatrix.Both
               from userLimited in AccessMatrix.Both
               from insecure in AccessMatrix.Both
               select new OptionRules(allow, forAnonymous, userLimited, insecure),
        ];
    }

    private sealed record Case(
        SubscriptionType Type, string Channel, ClientKind Client, HandlerKind Handler, OptionRules Rules, bool Others, TokenKind Token, bool HasVerifier);
}
