namespace Duplex.Messaging.Tests.Access;

/// <summary>The token that a command carries.</summary>
public enum TokenKind
{
    /// <summary>No token.</summary>
    None,

    /// <summary>A token for the client and the channel.</summary>
    Valid,

    /// <summary>A token that the verifier does not accept.</summary>
    Invalid,

    /// <summary>A token that has expired.</summary>
    Expired,

    /// <summary>A token that cannot be verified now.</summary>
    Unavailable,

    /// <summary>A token for another user.</summary>
    OtherUser,

    /// <summary>A token for another channel.</summary>
    OtherChannel,
}
