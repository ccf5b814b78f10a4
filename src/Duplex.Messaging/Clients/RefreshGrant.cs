namespace Duplex.Messaging.Clients;

/// <summary>A connection or subscription was renewed.</summary>
/// <param name="TtlSeconds">Time to live in seconds; 0 when it no longer expires.</param>
public sealed record RefreshGrant(uint TtlSeconds);
