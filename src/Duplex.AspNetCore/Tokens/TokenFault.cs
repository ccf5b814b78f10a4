using Duplex.Messaging.Tokens;

namespace Duplex.AspNetCore.Tokens;

/// <summary>The reason for which a token is rejected.</summary>
/// <param name="Status">The status, which determines the reply to the client.</param>
/// <param name="Reason">The reason, for the log. It contains no part of the token that authenticates a client.</param>
internal sealed record TokenFault(TokenStatus Status, string Reason)
{
    /// <summary>The fault of a token whose keys cannot be fetched.</summary>
    public static TokenFault NoKeys { get; } = new(TokenStatus.Unavailable, "the identity provider's keys cannot be fetched");

    public static TokenFault Invalid(string reason) => new(TokenStatus.Invalid, reason);

    public static TokenFault Expired(string reason) => new(TokenStatus.Expired, reason);
}
