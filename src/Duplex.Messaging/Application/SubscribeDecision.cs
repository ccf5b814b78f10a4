using Duplex.Messaging.Channels;
using Duplex.Messaging.Codes;

namespace Duplex.Messaging.Application;

/// <summary>A decision about a subscription. The properties of an allowed subscription are set by <c>with</c>: <c>SubscribeDecision.Allow() with { Info = ... }</c>.</summary>
public sealed record SubscribeDecision : Decision
{
    private static readonly SubscribeDecision Allowed = new() { IsAllowed = true };
    private static readonly SubscribeDecision Denied = new();

    private SubscribeDecision()
    {
    }

    /// <summary>
    /// Custom data of the subscribe reply, such as a snapshot: serialized as JSON, or sent unchanged when it is bytes.
    /// Publications made while the handler runs are delivered after the reply, and none is lost. Null: none.
    /// </summary>
    public object? Data { get; init; }

    /// <summary>Information about the client in this channel that other clients receive in presence; encoded as <see cref="Data"/>.</summary>
    public object? Info { get; init; }

    /// <summary>The expiry of the subscription unless it is refreshed; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Options of the namespace that this subscription overrides.</summary>
    public SubscriptionOverrides Overrides { get; init; } = SubscriptionOverrides.None;

    /// <summary>Returns a decision that allows.</summary>
    public static SubscribeDecision Allow() => Allowed;

    /// <summary>Returns a decision that allows, with custom data for the reply (<see cref="Data"/>).</summary>
    public static SubscribeDecision Allow(object? data) => new() { IsAllowed = true, Data = data };

    /// <summary>Returns a denial: the command fails with <see cref="ClientErrors.PermissionDenied"/> (103).</summary>
    public static SubscribeDecision Deny() => Denied;

    /// <summary>Returns a denial: the command fails with an error.</summary>
    public static SubscribeDecision Deny(ClientError error) => new() { Error = error };

    /// <summary>Returns a denial: the connection ends.</summary>
    public static SubscribeDecision Deny(Disconnect disconnect) => new() { Disconnect = disconnect };

    /// <summary>Converts true to a decision that allows, false to a denial.</summary>
    public static implicit operator SubscribeDecision(bool isAllowed) => FromBoolean(isAllowed);

    /// <summary>Converts true to a decision that allows, false to a denial.</summary>
    public static SubscribeDecision FromBoolean(bool isAllowed) => isAllowed ? Allowed : Denied;
}
