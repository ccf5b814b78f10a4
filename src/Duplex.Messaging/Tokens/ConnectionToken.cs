using Duplex.Messaging.Application;

namespace Duplex.Messaging.Tokens;

/// <summary>The claims of a valid connection token.</summary>
public sealed record ConnectionToken
{
    /// <summary>The user's id; empty for an anonymous client.</summary>
    public required string User { get; init; }

    /// <summary>The expiry of the connection; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>JSON about the connection that other clients receive; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Info { get; init; }

    /// <summary>JSON for the application's handlers, which clients do not receive; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Meta { get; init; }

    /// <summary>Channels to which the server subscribes the client.</summary>
    public IReadOnlyList<ServerSubscription> Subscriptions { get; init; } = [];
}
