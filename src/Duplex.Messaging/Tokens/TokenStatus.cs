namespace Duplex.Messaging.Tokens;

/// <summary>What became of a token's check.</summary>
public enum TokenStatus
{
    /// <summary>Malformed, signed by nobody we trust, or for somebody else.</summary>
    Invalid,

    /// <summary>Genuine, but its time is over or not yet come: a new one helps.</summary>
    Expired,

    /// <summary>Genuine and in force.</summary>
    Valid,

    /// <summary>Neither good nor bad, because what it is checked with cannot be had now: the client may come back.</summary>
    Unavailable,
}
