using Duplex.Messaging.Codes;

namespace Duplex.Messaging.Application;

/// <summary>A decision about renewing a connection or a subscription that expires. A denial ends it.</summary>
public sealed record RefreshDecision : Decision
{
    private static readonly RefreshDecision Denied = new();

    private RefreshDecision()
    {
    }

    /// <summary>The next expiry; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>
    /// New information about the connection, or about the client in the channel: serialized as JSON, or unchanged when it is
    /// bytes. Null keeps the present one.
    /// </summary>
    public object? Info { get; init; }

    /// <summary>A JSON object about the connection for handlers, which clients do not receive; empty keeps the present one. Ignored for subscriptions.</summary>
    public ReadOnlyMemory<byte> Meta { get; init; }

    /// <summary>Returns a decision that renews until a time; null: it never expires again. A time in the past ends it.</summary>
    public static RefreshDecision Allow(DateTimeOffset? expiresAt) => new() { IsAllowed = true, ExpiresAt = expiresAt };

    /// <summary>Returns a denial: the connection or subscription ends as expired.</summary>
    public static RefreshDecision Deny() => Denied;

    /// <summary>Returns a denial: the connection or subscription ends, unless the error is temporary: then the handler is called again within the grace period.</summary>
    public static RefreshDecision Deny(ClientError error) => new() { Error = error };

    /// <summary>Returns a denial: the connection ends.</summary>
    public static RefreshDecision Deny(Disconnect disconnect) => new() { Disconnect = disconnect };
}
