using Duplex.Messaging.Channels;
using Duplex.Messaging.Codes;

namespace Duplex.Messaging.Application;

/// <summary>A decision about a subscription. What it allows with is set by <c>with</c>: <c>SubscribeDecision.Allow() with { Info = ... }</c>.</summary>
public sealed record SubscribeDecision : Decision
{
    private static readonly SubscribeDecision Allowed = new() { IsAllowed = true };
    private static readonly SubscribeDecision Denied = new();

    private SubscribeDecision()
    {
    }

    /// <summary>
    /// Custom data of the subscribe reply, such as a snapshot: serialised as JSON, or sent as it is when it is bytes.
    /// Publications made while the handler runs reach the client after the reply, none is lost. Null: none.
    /// </summary>
    public object? Data { get; init; }

    /// <summary>About the client in this channel, shown to others in presence; as <see cref="Data"/>.</summary>
    public object? Info { get; init; }

    /// <summary>When the subscription expires unless it is refreshed; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Options of the namespace that this subscription overrides.</summary>
    public SubscriptionOverrides Overrides { get; init; } = SubscriptionOverrides.None;

    /// <summary>Allows.</summary>
    public static SubscribeDecision Allow() => Allowed;

    /// <summary>Allows, with custom data of the reply (<see cref="Data"/>).</summary>
    public static SubscribeDecision Allow(object? data) => new() { IsAllowed = true, Data = data };

    /// <summary>Denies: the command fails with <see cref="ClientErrors.PermissionDenied"/> (103).</summary>
    public static SubscribeDecision Deny() => Denied;

    /// <summary>Denies: the command fails with an error.</summary>
    public static SubscribeDecision Deny(ClientError error) => new() { Error = error };

    /// <summary>Denies: the connection ends.</summary>
    public static SubscribeDecision Deny(Disconnect disconnect) => new() { Disconnect = disconnect };

    /// <summary>True allows, false denies.</summary>
    public static implicit operator SubscribeDecision(bool isAllowed) => FromBoolean(isAllowed);

    /// <summary>True allows, false denies.</summary>
    public static SubscribeDecision FromBoolean(bool isAllowed) => isAllowed ? Allowed : Denied;
}
