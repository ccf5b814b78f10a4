using Duplex.Messaging.Codes;

namespace Duplex.Messaging.Application;

/// <summary>A decision about renewing a connection or a subscription that expires. A denial ends it.</summary>
public sealed record RefreshDecision : Decision
{
    private static readonly RefreshDecision Denied = new();

    private RefreshDecision()
    {
    }

    /// <summary>When it expires next; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>
    /// About the connection, or about the client in the channel, from now on: serialised as JSON, or as it is when it is
    /// bytes. Null: as before.
    /// </summary>
    public object? Info { get; init; }

    /// <summary>A JSON object about the connection for handlers, which clients never see; empty: as before. Not for subscriptions.</summary>
    public ReadOnlyMemory<byte> Meta { get; init; }

    /// <summary>Renews until a time; null: it never expires again. A time that has passed ends it.</summary>
    public static RefreshDecision Allow(DateTimeOffset? expiresAt) => new() { IsAllowed = true, ExpiresAt = expiresAt };

    /// <summary>Denies: the connection or subscription ends as expired.</summary>
    public static RefreshDecision Deny() => Denied;

    /// <summary>Denies: it ends, unless the error is temporary: then the handler is called again within the grace.</summary>
    public static RefreshDecision Deny(ClientError error) => new() { Error = error };

    /// <summary>Denies: the connection ends.</summary>
    public static RefreshDecision Deny(Disconnect disconnect) => new() { Disconnect = disconnect };
}
