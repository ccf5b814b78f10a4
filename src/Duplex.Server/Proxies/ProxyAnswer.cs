using System.Text.Json;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Transports;

namespace Duplex.Server.Proxies;

/// <summary>Reads what a backend answers. What is of a wrong type throws <see cref="InvalidOperationException"/>.</summary>
internal static class ProxyAnswer
{
    public static string Text(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetString()! : "";

    public static bool Flag(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null && value.GetBoolean();

    /// <summary>A payload as JSON, or as the bytes of its base64 twin; empty when there is none.</summary>
    public static ReadOnlyMemory<byte> Payload(JsonElement answer, string name)
    {
        if (Text(answer, "b64" + name) is { Length: > 0 } encoded) return Convert.FromBase64String(encoded);
        return answer.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? JsonText(value)
            : default;
    }

    /// <summary>Unix seconds as a time; null for 0 or when it is left out.</summary>
    public static DateTimeOffset? Moment(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null && value.GetInt64() is > 0 and < 253_402_300_800 and var seconds
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    public static ConnectReply Connect(JsonElement answer) => new()
    {
        User = Text(answer, "user"),
        Data = Given(answer, "data"),
        Info = Given(answer, "info"),
        Meta = Payload(answer, "meta"),
        ExpiresAt = Moment(answer, "expire_at"),
        Subscriptions = [.. Channels(answer), .. Subscriptions(answer)],
    };

    public static SubscribeReply Subscribe(JsonElement answer) => new()
    {
        Data = Given(answer, "data"),
        Info = Given(answer, "info"),
        ExpiresAt = Moment(answer, "expire_at"),
        Overrides = Overrides(answer),
    };

    public static PublishReply Publish(JsonElement answer) => new()
    {
        Data = Given(answer, "data"),
        Options = new PublishOptions
        {
            SkipHistory = Flag(answer, "skip_history"),
            Delta = Flag(answer, "delta"),
            IdempotencyKey = Text(answer, "idempotency_key") is { Length: > 0 } key ? key : null,
            Version = Unsigned(answer, "version"),
            VersionEpoch = Text(answer, "version_epoch") is { Length: > 0 } epoch ? epoch : null,
            Tags = answer.TryGetProperty("tags", out var tags) && tags.ValueKind == JsonValueKind.Object
                ? tags.EnumerateObject().ToDictionary(static tag => tag.Name, static tag => tag.Value.GetString() ?? "", StringComparer.Ordinal)
                : null,
        },
    };

    /// <summary>Null lets the client go. Without a time it may stay as long as it likes.</summary>
    public static RefreshReply? Refresh(JsonElement? result) => result is not { } answer || Flag(answer, "expired")
        ? null
        : new RefreshReply
        {
            ExpiresAt = Moment(answer, "expire_at"),
            Info = Given(answer, "info"),
            Meta = Payload(answer, "meta"),
        };

    public static Disconnect Disconnect(JsonElement answer)
    {
        var code = answer.GetProperty("code").GetUInt16();
        return code is >= 3000 and <= 4999 ? new Disconnect(code, Text(answer, "reason")) : throw new FormatException($"{code} is no code of a disconnect.");
    }

    /// <summary>What is known of the keys that were asked for.</summary>
    public static IReadOnlyList<PolledItem> Items(JsonElement answer) =>
        answer.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array
            ?
            [
                .. items.EnumerateArray().Select(static item => Flag(item, "removed")
                    ? PolledItem.Removed(Text(item, "key"))
                    : new PolledItem(Text(item, "key"), Payload(item, "data"), Unsigned(item, "version"))),
            ]
            : [];

    // A bare null would become empty memory here, which is something given.
    private static ReadOnlyMemory<byte>? Given(JsonElement answer, string name) =>
        Payload(answer, name) is { IsEmpty: false } payload ? payload : default(ReadOnlyMemory<byte>?);

    private static ulong Unsigned(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetUInt64() : 0;

    private static IEnumerable<ServerSubscription> Channels(JsonElement answer) =>
        answer.TryGetProperty("channels", out var channels) && channels.ValueKind == JsonValueKind.Array
            ? channels.EnumerateArray().Select(static channel => new ServerSubscription(channel.GetString()!))
            : [];

    private static IEnumerable<ServerSubscription> Subscriptions(JsonElement answer) =>
        answer.TryGetProperty("subs", out var subs) && subs.ValueKind == JsonValueKind.Object
            ? subs.EnumerateObject().Select(static sub => new ServerSubscription(sub.Name)
            {
                Data = Payload(sub.Value, "data"),
                Info = Payload(sub.Value, "info"),
                Overrides = Overrides(sub.Value),
            })
            : [];

    private static SubscriptionOverrides Overrides(JsonElement answer)
    {
        if (!answer.TryGetProperty("override", out var given) || given.ValueKind != JsonValueKind.Object) return SubscriptionOverrides.None;
        return new SubscriptionOverrides
        {
            Presence = Value("presence"),
            JoinLeave = Value("join_leave"),
            ForceJoinLeave = Value("force_push_join_leave"),
            Positioning = Value("force_positioning"),
            Recovery = Value("force_recovery"),
        };

        bool? Value(string name) => given.TryGetProperty(name, out var option) && option.TryGetProperty("value", out var value) ? value.GetBoolean() : null;
    }

    // Line breaks would end a message on the wire.
    private static byte[] JsonText(JsonElement value)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text)) value.WriteTo(json);
        return text.ToArray();
    }
}
