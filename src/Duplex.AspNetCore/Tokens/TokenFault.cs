using Duplex.Messaging.Tokens;

namespace Duplex.AspNetCore.Tokens;

/// <summary>Why a token is not accepted.</summary>
/// <param name="Status">What its client is answered.</param>
/// <param name="Reason">What the log says: never a part of the token that makes it one.</param>
internal sealed record TokenFault(TokenStatus Status, string Reason)
{
    /// <summary>The keys of the identity provider are not to be had.</summary>
    public static TokenFault NoKeys { get; } = new(TokenStatus.Unavailable, "the identity provider's keys cannot be fetched");

    public static TokenFault Invalid(string reason) => new(TokenStatus.Invalid, reason);

    public static TokenFault Expired(string reason) => new(TokenStatus.Expired, reason);
}
