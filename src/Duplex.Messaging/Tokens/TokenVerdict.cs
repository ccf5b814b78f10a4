namespace Duplex.Messaging.Tokens;

/// <summary>The outcome of a token's verification.</summary>
/// <param name="Status">Whether the token is valid.</param>
/// <param name="Token">The claims of a valid token; null for any other.</param>
public readonly record struct TokenVerdict<TToken>(TokenStatus Status, TToken? Token = null)
    where TToken : class
{
    /// <summary>The fault of the token as a phrase that follows a colon, for the log; null when there is nothing to add.</summary>
    public string? Reason { get; init; }

    /// <summary>Returns the verdict as a sentence.</summary>
    internal string Explain() => Status switch
    {
        TokenStatus.Unavailable => $"The token cannot be verified now: {Reason ?? "the verifier is not available"}.",
        TokenStatus.Expired => $"The token is not in force: {Reason ?? "it has expired, or is not valid yet"}.",
        _ => $"The token is refused: {Reason ?? "the verifier does not accept it"}.",
    };
}
