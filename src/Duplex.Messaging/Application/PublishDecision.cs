using Duplex.Messaging.Codes;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Application;

/// <summary>A decision about a publication of a client. The properties of an allowed publication are set by <c>with</c>: <c>PublishDecision.Allow() with { Options = ... }</c>.</summary>
public sealed record PublishDecision : Decision
{
    private static readonly PublishDecision Allowed = new() { IsAllowed = true };
    private static readonly PublishDecision Denied = new();

    private PublishDecision()
    {
    }

    /// <summary>The data to publish in place of the client's: serialized as JSON, or unchanged when it is bytes. Null: the client's data.</summary>
    public object? Data { get; init; }

    /// <summary>Options of the publication, such as tags, history and idempotency. The hub sets the publisher.</summary>
    public PublishOptions Options { get; init; } = new();

    /// <summary>Returns a decision that allows the client's publication unchanged.</summary>
    public static PublishDecision Allow() => Allowed;

    /// <summary>Returns a decision that allows, with other data in place of the client's (<see cref="Data"/>).</summary>
    public static PublishDecision Allow(object? data) => new() { IsAllowed = true, Data = data };

    /// <summary>Returns a denial: the command fails with <see cref="ClientErrors.PermissionDenied"/> (103).</summary>
    public static PublishDecision Deny() => Denied;

    /// <summary>Returns a denial: the command fails with an error.</summary>
    public static PublishDecision Deny(ClientError error) => new() { Error = error };

    /// <summary>Returns a denial: the connection ends.</summary>
    public static PublishDecision Deny(Disconnect disconnect) => new() { Disconnect = disconnect };

    /// <summary>Converts true to a decision that allows, false to a denial.</summary>
    public static implicit operator PublishDecision(bool isAllowed) => FromBoolean(isAllowed);

    /// <summary>Converts true to a decision that allows, false to a denial.</summary>
    public static PublishDecision FromBoolean(bool isAllowed) => isAllowed ? Allowed : Denied;
}
