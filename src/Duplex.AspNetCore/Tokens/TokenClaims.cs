using System.Text.Json;
using Duplex.AspNetCore.Json;
using Duplex.Messaging.Application;
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
        var reader = new ClaimReader(new(claims));
        if (Fails(ReadCommon(reader, userIdClaim, out var user, out var expiresAt, out var info), out fault)) return null;
        if (Fails(reader.Object("meta", out var meta), out fault)) return null;
        if (Fails(reader.Texts("channels", out var channels), out fault)) return null;
        if (Fails(reader.Object("subs", out var subs), out fault)) return null;

        var subscriptions = channels.Distinct(StringComparer.Ordinal).Select(channel => new ServerSubscription(channel)).ToList();
        if (subs is { } given)
        {
            fault = "subs holds something else than subscriptions";
            if (given.Members("subs", out var members) is not null) return null;
            foreach (var (name, sub) in members)
            {
                if (ReadServerSubscription(name, sub) is not { } subscription) return null;
                subscriptions.RemoveAll(other => string.Equals(other.Channel, name, StringComparison.Ordinal));
                subscriptions.Add(subscription);
            }
        }

        fault = "";
        return new ConnectionToken
        {
            User = user,
            ExpiresAt = expiresAt,
            Info = info,
            Meta = meta?.Compact() ?? default,
            Subscriptions = subscriptions,
        };
    }

    public static SubscriptionToken? ReadSubscription(JsonElement claims, string userIdClaim, out string fault)
    {
        fault = "it names no channel";
        var reader = new ClaimReader(new(claims));
        if (reader.TextOrNull("channel") is not { Length: > 0 } channel) return null;
        if (Fails(ReadCommon(reader, userIdClaim, out var user, out var expiresAt, out var info), out fault)) return null;
        if (Fails(reader.Text("client", out var client), out fault)) return null;
        if (Fails(reader.Payload("data", out var data), out fault)) return null;
        if (Fails(reader.Overrides(out var overrides), out fault)) return null;
        return new SubscriptionToken
        {
            User = user,
            Channel = channel,
            Client = client ?? "",
            ExpiresAt = expiresAt,
            Info = info,
            Data = data,
            Overrides = overrides,
        };
    }

    private static ServerSubscription? ReadServerSubscription(string channel, JsonElement claims)
    {
        // PHP writes an empty object as an empty list.
        if (claims.ValueKind != JsonValueKind.Null && !JsonObject.IsObject(claims)) return null;
        var reader = new ClaimReader(new(claims));
        if (reader.Payload("info", out var info) is not null || reader.Payload("data", out var data) is not null || reader.Overrides(out var overrides) is not null) return null;
        return new ServerSubscription(channel)
        {
            Info = info.IsEmpty ? null : info,
            Data = data.IsEmpty ? null : data,
            Overrides = overrides,
        };
    }

    // An absent user is an anonymous one; whether those are welcome is for the hub to say.
    private static string? ReadCommon(
        ClaimReader claims, string userIdClaim, out string user, out DateTimeOffset? expiresAt, out ReadOnlyMemory<byte> info)
    {
        (expiresAt, info) = (null, default);
        var fault = claims.Text(userIdClaim, out var named);
        user = named ?? "";
        return fault ?? ReadExpiry(claims, out expiresAt) ?? claims.Payload("info", out info);
    }

    // expire_at decides over exp when the connection or subscription ends: 0 lets it live on although the token dies.
    private static string? ReadExpiry(ClaimReader claims, out DateTimeOffset? expiresAt)
    {
        expiresAt = null;
        if (claims.Seconds("exp", out var expires) is { } fault) return fault;
        if (claims.Seconds("expire_at", out var expireAt) is { } expireAtFault) return expireAtFault;
        if ((expireAt ?? expires) is { } seconds and > 0) expiresAt = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return null;
    }

    private static bool Fails(string? reason, out string fault)
    {
        fault = reason ?? "";
        return reason is not null;
    }
}
