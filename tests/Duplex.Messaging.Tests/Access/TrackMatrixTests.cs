using Duplex.Messaging.Channels;
using Duplex.Messaging.Polling;

namespace Duplex.Messaging.Tests.Access;

/// <summary>Tracking keys of shared polls: every signature and option, for subscribers and others.</summary>
public sealed class TrackMatrixTests
{
    private const string Secret = "secret of the test";

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The signature that a command carries.</summary>
    public enum Signature
    {
        /// <summary>No signature.</summary>
        None,

        /// <summary>One for the client, the channel and the key.</summary>
        Valid,

        /// <summary>One for another user.</summary>
        OtherUser,

        /// <summary>One for another key.</summary>
        OtherKey,

        /// <summary>One that has expired.</summary>
        Expired,

        /// <summary>Text that is no signature.</summary>
        Malformed,
    }

    [Theory]
    [InlineData(SubscriptionType.Stream)]
    [InlineData(SubscriptionType.Map)]
    [InlineData(SubscriptionType.SharedPoll)]
    public void Key_is_tracked_only_with_a_signature_or_where_unsigned_keys_are_allowed(SubscriptionType type)
    {
        var matrix = new AccessMatrix();
        var cases =
            from client in Enum.GetValues<ClientKind>()
            from signature in Enum.GetValues<Signature>()
            from hasSecret in AccessMatrix.Both
            from allowUnsigned in AccessMatrix.Both
            from insecure in AccessMatrix.Both
            select (client, signature, hasSecret, allowUnsigned, insecure);
        foreach (var (client, signature, hasSecret, allowUnsigned, insecure) in cases)
        {
            using var stage = new AccessStage(
                new ScriptedHandler(HandlerKind.Absent),
                client,
                options => options.IsInsecure = insecure,
                options =>
                {
                    if (type == SubscriptionType.Map) AccessStage.UseMaps(options);
                    options.SubscriptionType = type;
                    options.AllowSubscribe = options.AllowSubscribeForAnonymous = true;
                    options.SharedPoll.AllowUnsignedKeys = allowUnsigned;
                    options.SharedPoll.HmacSecretKey = hasSecret ? Secret : null;
                },
                static model => model.AddChannel("news:{name}").Poll = static _ => new([]));

            var code = stage.Execute(
                "{\"id\":7,\"sub_refresh\":{\"channel\":\"news:a\",\"type\":1,\"track\":[{\"signature\":\"" + TextOf(signature, client) + "\",\"items\":[{\"key\":\"k\"}]}]}}");
            var isTracked = stage.Client.Client.Subscriptions.Find(AccessStage.Channel) is PollSubscription { Keys.Count: 1 };
            matrix.Check(Expected(type, client, signature, hasSecret, allowUnsigned || insecure), code, isTracked, (client, signature, hasSecret, allowUnsigned, insecure));
        }

        matrix.Holds(allows: type == SubscriptionType.SharedPoll);
    }

    private static int Expected(SubscriptionType type, ClientKind client, Signature signature, bool hasSecret, bool allowsUnsigned)
    {
        if (client == ClientKind.Unconnected) return AccessRules.CloseBadRequest;
        if (!AccessRules.IsSubscriber(client)) return AccessRules.PermissionDenied;
        if (type != SubscriptionType.SharedPoll) return AccessRules.NotAvailable;
        if (!hasSecret) return allowsUnsigned ? AccessRules.Allowed : AccessRules.PermissionDenied;
        return signature switch
        {
            Signature.Valid => AccessRules.Allowed,
            Signature.Expired => AccessRules.TokenExpired,
            _ => AccessRules.PermissionDenied,
        };
    }

    private static string TextOf(Signature signature, ClientKind client)
    {
        var user = AccessRules.HasUser(client) ? AccessStage.User : "";
        return signature switch
        {
            Signature.None => "",
            Signature.Valid => Sign(user, "k", Start.AddHours(1)),
            Signature.OtherUser => Sign("bob", "k", Start.AddHours(1)),
            Signature.OtherKey => Sign(user, "other", Start.AddHours(1)),
            Signature.Expired => Sign(user, "k", Start.AddHours(-1)),
            _ => "1:2:3",
        };
    }

    private static string Sign(string user, string key, DateTimeOffset expiresAt) =>
        PollSignature.Create(Secret, user, AccessStage.Channel, [key], Start.AddHours(-2), expiresAt);
}
