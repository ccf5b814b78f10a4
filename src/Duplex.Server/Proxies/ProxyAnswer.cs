using Duplex.AspNetCore.Json;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Publications;

namespace Duplex.Server.Proxies;

/// <summary>Reads the results of a backend. A member of a wrong type throws an <see cref="AnswerFault"/>.</summary>
internal static class ProxyAnswer
{
    // An empty list may be PHP's empty object or an empty list. A connection must not depend on a guess, so it is rejected.
    public static ConnectDecision Connect(AnswerObject answer) => answer.IsList ? throw new AnswerFault("result: an object such as {\"user\":\"42\"} is expected, not [].") : ConnectDecision.Allow(answer.Text("user")) with
    {
        Data = answer.Given("data"),
        Info = answer.Given("info"),
        Meta = answer.Payload("meta"),
        ExpiresAt = answer.Moment("expire_at"),
        Subscriptions = [.. answer.TextList("channels").Select(static channel => new ServerSubscription(channel)), .. answer.Objects("subs").Select(Subscription)],
    };

    public static SubscribeDecision Subscribe(AnswerObject answer) => SubscribeDecision.Allow() with
    {
        Data = answer.Given("data"),
        Info = answer.Given("info"),
        ExpiresAt = answer.Moment("expire_at"),
        Overrides = Overrides(answer),
    };

    public static PublishDecision Publish(AnswerObject answer) => PublishDecision.Allow() with
    {
        Data = answer.Given("data"),
        Options = new PublishOptions
        {
            SkipHistory = answer.Flag("skip_history"),
            Delta = answer.Flag("delta"),
            IdempotencyKey = Word(answer, "idempotency_key"),
            Version = answer.Number("version") ?? 0,
            VersionEpoch = Word(answer, "version_epoch"),
            Tags = answer.Texts("tags"),
        },
    };

    /// <summary>Reads a refresh result: <c>expired</c> denies the refresh. Without <c>expire_at</c> the connection or subscription no longer expires.</summary>
    public static RefreshDecision Refresh(AnswerObject answer) => answer.Flag("expired")
        ? RefreshDecision.Deny()
        : RefreshDecision.Allow(answer.Moment("expire_at")) with
        {
            Info = answer.Given("info"),
            Meta = answer.Payload("meta"),
        };

    public static Disconnect Disconnect(AnswerObject answer) => Duplex.Messaging.Codes.Disconnect.Shortened(
        (ushort)(answer.Number("code", 3000, 4999) ?? throw new AnswerFault("disconnect.code: a whole number from 3000 to 4999 is missing.")), answer.Text("reason"));

    public static ClientError Error(AnswerObject answer) => new(
        (uint)(answer.Number("code", 1, uint.MaxValue) ?? throw new AnswerFault("error.code: a whole number above 0 is missing.")),
        answer.Text("message"),
        answer.Flag("temporary"));

    /// <summary>Reads the items of a shared poll.</summary>
    public static IReadOnlyList<PolledItem> Items(AnswerObject answer) =>
    [
        .. answer.ObjectList("items").Select(static item => item.Flag("removed")
            ? PolledItem.Removed(item.Text("key"))
            : new PolledItem(item.Text("key"), item.Payload("data"), item.Number("version") ?? 0)),
    ];

    private static string? Word(AnswerObject answer, string name) => answer.Text(name) is { Length: > 0 } word ? word : null;

    private static ServerSubscription Subscription((string Channel, AnswerObject Options) sub) => new(sub.Channel)
    {
        Data = sub.Options.Payload("data"),
        Info = sub.Options.Payload("info"),
        Overrides = Overrides(sub.Options),
    };

    private static SubscriptionPace Pace(AnswerObject answer) => OverridesReader.PaceOf(
        answer.Number("delay_ms") ?? throw new AnswerFault("override.pace.value.delay_ms: a whole number of milliseconds is missing."), answer.Flag("latest"));

    private static SubscriptionOverrides Overrides(AnswerObject answer)
    {
        if (answer.Object("override") is not { } given) return SubscriptionOverrides.None;
        return OverridesReader.Read(
            name => given.Object(name) is { } option && option.Has("value") ? option.Flag("value") : null,
            given.Object("pace")?.Object("value") is { } pace ? Pace(pace) : null);
    }
}
