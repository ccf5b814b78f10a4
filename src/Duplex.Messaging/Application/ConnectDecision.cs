using Duplex.Messaging.Codes;

namespace Duplex.Messaging.Application;

/// <summary>A decision about a connection. The properties of an allowed connection are set by <c>with</c>: <c>ConnectDecision.Allow("ann") with { Info = ... }</c>.</summary>
public sealed record ConnectDecision : Decision
{
    private static readonly ConnectDecision Allowed = new() { IsAllowed = true };
    private static readonly ConnectDecision Denied = new();

    private ConnectDecision()
    {
    }

    /// <summary>The user's id; null keeps that of the token or of the request. An empty id makes the client anonymous.</summary>
    public string? User { get; init; }

    /// <summary>Custom data of the connect reply: serialized as JSON, or sent unchanged when it is bytes. Null: none.</summary>
    public object? Data { get; init; }

    /// <summary>Information about the connection that other clients receive in presence and with publications; encoded as <see cref="Data"/>.</summary>
    public object? Info { get; init; }

    /// <summary>A JSON object about the connection for handlers, which clients do not receive; empty keeps that of the token.</summary>
    public ReadOnlyMemory<byte> Meta { get; init; }

    /// <summary>Channels to which the server subscribes the client, besides those of its token.</summary>
    public IReadOnlyList<ServerSubscription> Subscriptions { get; init; } = [];

    /// <summary>The expiry of the connection unless it is refreshed; null: that of the token, or never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Returns a decision that allows the user of the token or of the request; without one the client is anonymous.</summary>
    public static ConnectDecision Allow() => Allowed;

    /// <summary>Returns a decision that allows a user; an empty id makes the client anonymous.</summary>
    public static ConnectDecision Allow(string user) => new() { IsAllowed = true, User = user };

    /// <summary>Returns a denial: the command fails with <see cref="ClientErrors.PermissionDenied"/> (103).</summary>
    public static ConnectDecision Deny() => Denied;

    /// <summary>Returns a denial: the command fails with an error.</summary>
    public static ConnectDecision Deny(ClientError error) => new() { Error = error };

    /// <summary>Returns a denial: the connection ends.</summary>
    public static ConnectDecision Deny(Disconnect disconnect) => new() { Disconnect = disconnect };

    /// <summary>Converts true to a decision that allows, false to a denial.</summary>
    public static implicit operator ConnectDecision(bool isAllowed) => FromBoolean(isAllowed);

    /// <summary>Converts true to a decision that allows, false to a denial.</summary>
    public static ConnectDecision FromBoolean(bool isAllowed) => isAllowed ? Allowed : Denied;
}
