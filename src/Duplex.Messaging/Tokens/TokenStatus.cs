namespace Duplex.Messaging.Tokens;

/// <summary>The outcome of a token's verification.</summary>
public enum TokenStatus
{
    /// <summary>The token is malformed, not signed with a trusted key, or not issued for this server.</summary>
    Invalid,

    /// <summary>The token is genuine but has expired or is not yet valid; a new one is needed.</summary>
    Expired,

    /// <summary>The token is genuine and in force.</summary>
    Valid,

    /// <summary>The token cannot be verified now, because its keys are not available; the client may try again.</summary>
    Unavailable,
}
