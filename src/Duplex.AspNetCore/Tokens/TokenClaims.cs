using System.Text.Json;
using Duplex.AspNetCore.Json;
using Duplex.Messaging.Application;
using Duplex.Messaging.Tokens;

namespace Duplex.AspNetCore.Tokens;

/// <summary>Converts the claims of a verified token to a token of the hub. The methods return null for invalid claims; <c>fault</c> then contains the reason.</summary>
internal static class TokenClaims
{
    public static ConnectionToken? ReadConnection(JsonElement claims, string userIdClaim, out string fault)
    {
        // A subscription token must not authorize a connection, whatever the value of its channel claim.
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
            fault = "subs contains a value that is not a subscription";
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
        fault = "it has no channel";
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
        // PHP encodes an empty object as an empty list.
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

    // An absent user is anonymous; the options of the hub determine whether anonymous clients may connect.
    private static string? ReadCommon(
        ClaimReader claims, string userIdClaim, out string user, out DateTimeOffset? expiresAt, out ReadOnlyMemory<byte> info)
    {
        (expiresAt, info) = (null, default);
        var fault = claims.Text(userIdClaim, out var named);
        user = named ?? "";
        return fault ?? ReadExpiry(claims, out expiresAt) ?? claims.Payload("info", out info);
    }

    // expire_at overrides exp as the end of the connection or subscription: 0 means no end, although the token expires.
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
