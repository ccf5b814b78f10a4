using Duplex.Messaging.Tokens;

namespace Duplex.Messaging.Tests.TestDoubles;

/// <summary>Tokens that say what the test says they say; every other one is invalid.</summary>
internal sealed class FakeTokens : ITokenVerifier
{
    public Dictionary<string, TokenVerdict<ConnectionToken>> Connections { get; } = [];

    public Dictionary<string, TokenVerdict<SubscriptionToken>> Subscriptions { get; } = [];

    public ValueTask<TokenVerdict<ConnectionToken>> VerifyConnectionAsync(string token, CancellationToken cancellationToken) =>
        new(Connections.GetValueOrDefault(token));

    public ValueTask<TokenVerdict<SubscriptionToken>> VerifySubscriptionAsync(string token, CancellationToken cancellationToken) =>
        new(Subscriptions.GetValueOrDefault(token));
}
