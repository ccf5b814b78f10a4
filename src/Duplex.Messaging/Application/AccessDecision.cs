using Duplex.Messaging.Codes;

namespace Duplex.Messaging.Application;

/// <summary>A decision about removing an entry of a map, or about reading presence or history.</summary>
public sealed record AccessDecision : Decision
{
    private static readonly AccessDecision Allowed = new() { IsAllowed = true };
    private static readonly AccessDecision Denied = new();

    private AccessDecision()
    {
    }

    /// <summary>Returns a decision that allows.</summary>
    public static AccessDecision Allow() => Allowed;

    /// <summary>Returns a denial: the command fails with <see cref="ClientErrors.PermissionDenied"/> (103).</summary>
    public static AccessDecision Deny() => Denied;

    /// <summary>Returns a denial: the command fails with an error.</summary>
    public static AccessDecision Deny(ClientError error) => new() { Error = error };

    /// <summary>Returns a denial: the connection ends.</summary>
    public static AccessDecision Deny(Disconnect disconnect) => new() { Disconnect = disconnect };

    /// <summary>Converts true to a decision that allows, false to a denial.</summary>
    public static implicit operator AccessDecision(bool isAllowed) => FromBoolean(isAllowed);

    /// <summary>Converts true to a decision that allows, false to a denial.</summary>
    public static AccessDecision FromBoolean(bool isAllowed) => isAllowed ? Allowed : Denied;
}
