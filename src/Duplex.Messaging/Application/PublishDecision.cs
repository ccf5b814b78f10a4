using Duplex.Messaging.Codes;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Application;

/// <summary>A decision about a publication of a client. What it allows with is set by <c>with</c>: <c>PublishDecision.Allow() with { Options = ... }</c>.</summary>
public sealed record PublishDecision : Decision
{
    private static readonly PublishDecision Allowed = new() { IsAllowed = true };
    private static readonly PublishDecision Denied = new();

    private PublishDecision()
    {
    }

    /// <summary>What is published in place of what the client sent: serialised as JSON, or as it is when it is bytes. Null: what it sent.</summary>
    public object? Data { get; init; }

    /// <summary>Tags, history, idempotency and the like. The publisher is filled in.</summary>
    public PublishOptions Options { get; init; } = new();

    /// <summary>Allows what the client sent.</summary>
    public static PublishDecision Allow() => Allowed;

    /// <summary>Allows, with other data in place of what the client sent (<see cref="Data"/>).</summary>
    public static PublishDecision Allow(object? data) => new() { IsAllowed = true, Data = data };

    /// <summary>Denies: the command fails with <see cref="ClientErrors.PermissionDenied"/> (103).</summary>
    public static PublishDecision Deny() => Denied;

    /// <summary>Denies: the command fails with an error.</summary>
    public static PublishDecision Deny(ClientError error) => new() { Error = error };

    /// <summary>Denies: the connection ends.</summary>
    public static PublishDecision Deny(Disconnect disconnect) => new() { Disconnect = disconnect };

    /// <summary>True allows, false denies.</summary>
    public static implicit operator PublishDecision(bool isAllowed) => FromBoolean(isAllowed);

    /// <summary>True allows, false denies.</summary>
    public static PublishDecision FromBoolean(bool isAllowed) => isAllowed ? Allowed : Denied;
}
