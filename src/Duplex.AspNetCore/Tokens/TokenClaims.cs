using System.Text;
using System.Text.Json;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Tokens;

namespace Duplex.AspNetCore.Tokens;

/// <summary>Turns the claims of a genuine token into what it grants. Null when they make no sense, for the reason that <c>fault</c> names.</summary>
internal static class TokenClaims
{
    public static ConnectionToken? ReadConnection(JsonElement claims, string userIdClaim, out string fault)
    {
        // A subscription token must not open a connection, whatever it says its channel is.
        fault = "it is for a channel, not for a connection";
        if (claims.TryGetProperty("channel", out _)) return null;
        if (!TryCommon(claims, userIdClaim, out var user, out var expiresAt, out var info, out fault)) return null;
        fault = "meta is not an object";
        if (!ClaimReader.TryObject(claims, "meta", out var meta)) return null;
        fault = "channels is not a list of strings";
        if (!ClaimReader.TryTexts(claims, "channels", out var channels)) return null;
        fault = "subs is not an object";
        if (!ClaimReader.TryObject(claims, "subs", out var subs)) return null;

        var subscriptions = channels.Distinct(StringComparer.Ordinal).Select(channel => new ServerSubscription(channel)).ToList();
        if (subs is { } given)
        {
            fault = "subs holds something else than subscriptions";
            foreach (var sub in given.EnumerateObject())
            {
                if (ReadServerSubscription(sub.Name, sub.Value) is not { } subscription) return null;
                subscriptions.RemoveAll(other => string.Equals(other.Channel, sub.Name, StringComparison.Ordinal));
                subscriptions.Add(subscription);
            }
        }

        fault = "";
        return new ConnectionToken
        {
            User = user,
            ExpiresAt = expiresAt,
            Info = info,
            Meta = meta is { } about ? Encoding.UTF8.GetBytes(about.GetRawText()) : default,
            Subscriptions = subscriptions,
        };
    }

    public static SubscriptionToken? ReadSubscription(JsonElement claims, string userIdClaim, out string fault)
    {
        fault = "it names no channel";
        if (ClaimReader.Text(claims, "channel") is not { Length: > 0 } channel) return null;
        if (!TryCommon(claims, userIdClaim, out var user, out var expiresAt, out var info, out fault)) return null;
        fault = "b64data is not base64";
        if (!ClaimReader.TryPayload(claims, "data", "b64data", out var data)) return null;
        fault = "";
        return new SubscriptionToken
        {
            User = user,
            Channel = channel,
            Client = ClaimReader.Text(claims, "client") ?? "",
            ExpiresAt = expiresAt,
            Info = info,
            Data = data,
            Overrides = ReadOverrides(claims),
        };
    }

    private static ServerSubscription? ReadServerSubscription(string channel, JsonElement claims)
    {
        // PHP writes an empty object as an empty list.
        if (claims.ValueKind == JsonValueKind.Null || ClaimReader.IsEmptyList(claims)) return new ServerSubscription(channel);
        if (claims.ValueKind != JsonValueKind.Object) return null;
        if (!ClaimReader.TryPayload(claims, "info", "b64info", out var info)) return null;
        if (!ClaimReader.TryPayload(claims, "data", "b64data", out var data)) return null;
        return new ServerSubscription(channel)
        {
            Info = info.IsEmpty ? null : info,
            Data = data.IsEmpty ? null : data,
            Overrides = ReadOverrides(claims),
        };
    }

    private static SubscriptionOverrides ReadOverrides(JsonElement claims)
    {
        if (!claims.TryGetProperty("override", out var overrides) || overrides.ValueKind != JsonValueKind.Object) return SubscriptionOverrides.None;
        return new SubscriptionOverrides
        {
            Presence = ClaimReader.Override(overrides, "presence"),
            JoinLeave = ClaimReader.Override(overrides, "join_leave"),
            ForceJoinLeave = ClaimReader.Override(overrides, "force_push_join_leave"),
            Positioning = ClaimReader.Override(overrides, "force_positioning"),
            Recovery = ClaimReader.Override(overrides, "force_recovery"),
        };
    }

    // An absent user is an anonymous one; whether those are welcome is for the hub to say.
    private static bool TryCommon(
        JsonElement claims, string userIdClaim, out string user, out DateTimeOffset? expiresAt, out ReadOnlyMemory<byte> info, out string fault)
    {
        (expiresAt, info) = (null, default);
        fault = $"{userIdClaim} is not a string";
        var isUser = ClaimReader.TryText(claims, userIdClaim, out var named);
        user = named ?? "";
        if (!isUser) return false;
        fault = "expire_at is not a number of seconds";
        if (!TryExpiry(claims, out expiresAt)) return false;
        fault = "b64info is not base64";
        return ClaimReader.TryPayload(claims, "info", "b64info", out info);
    }

    // expire_at decides over exp when the connection or subscription ends: 0 lets it live on although the token dies.
    private static bool TryExpiry(JsonElement claims, out DateTimeOffset? expiresAt)
    {
        expiresAt = null;
        if (!ClaimReader.TrySeconds(claims, "exp", out var expires)) return false;
        if (!ClaimReader.TrySeconds(claims, "expire_at", out var expireAt)) return false;
        if ((expireAt ?? expires) is { } seconds and > 0) expiresAt = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }
}
