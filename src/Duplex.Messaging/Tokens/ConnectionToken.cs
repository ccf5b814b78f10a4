using Duplex.Messaging.Application;

namespace Duplex.Messaging.Tokens;

/// <summary>What a valid connection token says.</summary>
public sealed record ConnectionToken
{
    /// <summary>The user's id; empty for an anonymous client.</summary>
    public required string User { get; init; }

    /// <summary>When the connection expires; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>JSON about the connection for others; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Info { get; init; }

    /// <summary>JSON for the application's handlers, which clients never see; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Meta { get; init; }

    /// <summary>Channels the server subscribes the client to.</summary>
    public IReadOnlyList<ServerSubscription> Subscriptions { get; init; } = [];
}
