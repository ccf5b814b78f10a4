using Duplex.Messaging.Codes;

namespace Duplex.Messaging.Application;

/// <summary>A decision about a connection. What it allows with is set by <c>with</c>: <c>ConnectDecision.Allow("ann") with { Info = ... }</c>.</summary>
public sealed record ConnectDecision : Decision
{
    private static readonly ConnectDecision Allowed = new() { IsAllowed = true };
    private static readonly ConnectDecision Denied = new();

    private ConnectDecision()
    {
    }

    /// <summary>The user's id; null keeps that of the token or of the request. Empty makes the client anonymous.</summary>
    public string? User { get; init; }

    /// <summary>Custom data of the connect reply: serialised as JSON, or sent as it is when it is bytes. Null: none.</summary>
    public object? Data { get; init; }

    /// <summary>About the connection, shown to others in presence and on publications; as <see cref="Data"/>.</summary>
    public object? Info { get; init; }

    /// <summary>A JSON object about the connection for handlers, which clients never see; empty keeps that of the token.</summary>
    public ReadOnlyMemory<byte> Meta { get; init; }

    /// <summary>Channels the server subscribes the client to, besides those of its token.</summary>
    public IReadOnlyList<ServerSubscription> Subscriptions { get; init; } = [];

    /// <summary>When the connection expires unless it is refreshed; null: never, or as the token says.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Allows, for the user of the token or of the request; without one the client is anonymous.</summary>
    public static ConnectDecision Allow() => Allowed;

    /// <summary>Allows for a user; empty makes the client anonymous.</summary>
    public static ConnectDecision Allow(string user) => new() { IsAllowed = true, User = user };

    /// <summary>Denies: the command fails with <see cref="ClientErrors.PermissionDenied"/> (103).</summary>
    public static ConnectDecision Deny() => Denied;

    /// <summary>Denies: the command fails with an error.</summary>
    public static ConnectDecision Deny(ClientError error) => new() { Error = error };

    /// <summary>Denies: the connection ends.</summary>
    public static ConnectDecision Deny(Disconnect disconnect) => new() { Disconnect = disconnect };

    /// <summary>True allows, false denies.</summary>
    public static implicit operator ConnectDecision(bool isAllowed) => FromBoolean(isAllowed);

    /// <summary>True allows, false denies.</summary>
    public static ConnectDecision FromBoolean(bool isAllowed) => isAllowed ? Allowed : Denied;
}
