namespace Duplex.Messaging.Tokens;

/// <summary>The outcome of a token's check.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Token">What the token says; null unless it is valid.</param>
public readonly record struct TokenVerdict<TToken>(TokenStatus Status, TToken? Token = null)
    where TToken : class;
