using System.Text;
using System.Text.Json;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Tokens;

namespace Duplex.AspNetCore.Tokens;

/// <summary>Turns the claims of a genuine token into what it grants. Null when they make no sense.</summary>
internal static class TokenClaims
{
    public static ConnectionToken? ReadConnection(JsonElement claims, string userIdClaim)
    {
        // A subscription token must not open a connection, whatever it says its channel is.
        if (claims.TryGetProperty("channel", out _)) return null;
        if (!TryUser(claims, userIdClaim, out var user) || !TryExpiry(claims, out var expiresAt)) return null;
        if (!ClaimReader.TryPayload(claims, "info", "b64info", out var info)) return null;
        if (!TryMeta(claims, out var meta)) return null;

        var subscriptions = ClaimReader.Texts(claims, "channels").Distinct(StringComparer.Ordinal).Select(channel => new ServerSubscription(channel)).ToList();
        if (claims.TryGetProperty("subs", out var subs) && subs.ValueKind == JsonValueKind.Object)
        {
            foreach (var sub in subs.EnumerateObject())
            {
                if (ReadServerSubscription(sub.Name, sub.Value) is not { } subscription) return null;
                subscriptions.RemoveAll(other => string.Equals(other.Channel, sub.Name, StringComparison.Ordinal));
                subscriptions.Add(subscription);
            }
        }

        return new ConnectionToken { User = user, ExpiresAt = expiresAt, Info = info, Meta = meta, Subscriptions = subscriptions };
    }

    public static SubscriptionToken? ReadSubscription(JsonElement claims, string userIdClaim)
    {
        if (ClaimReader.Text(claims, "channel") is not { Length: > 0 } channel) return null;
        if (!TryUser(claims, userIdClaim, out var user) || !TryExpiry(claims, out var expiresAt)) return null;
        if (!ClaimReader.TryPayload(claims, "info", "b64info", out var info)) return null;
        if (!ClaimReader.TryPayload(claims, "data", "b64data", out var data)) return null;
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
    private static bool TryUser(JsonElement claims, string userIdClaim, out string user)
    {
        user = ClaimReader.Text(claims, userIdClaim) ?? "";
        return !claims.TryGetProperty(userIdClaim, out var claim) || claim.ValueKind is JsonValueKind.String or JsonValueKind.Null;
    }

    private static bool TryMeta(JsonElement claims, out ReadOnlyMemory<byte> meta)
    {
        meta = default;
        if (!claims.TryGetProperty("meta", out var claim) || claim.ValueKind == JsonValueKind.Null) return true;
        if (claim.ValueKind != JsonValueKind.Object) return false;
        meta = Encoding.UTF8.GetBytes(claim.GetRawText());
        return true;
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
