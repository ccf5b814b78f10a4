using Duplex.Messaging.Application;

namespace Duplex.Messaging.Clients;

/// <summary>What a client that connects is permitted by its token and the application's handler.</summary>
/// <param name="Decision">The decision of the handler; the default one where there is no handler.</param>
/// <param name="Subscriptions">The subscriptions that the token names.</param>
/// <param name="Expiry">When the connection expires; null: never.</param>
internal sealed record Credentials(ConnectDecision Decision, IReadOnlyList<ServerSubscription> Subscriptions, DateTimeOffset? Expiry)
{
    public static ConnectDecision DefaultDecision { get; } = ConnectDecision.Allow();

    /// <summary>The credentials of a client with neither a token nor a handler's decision.</summary>
    public static Credentials None { get; } = new(DefaultDecision, [], null);
}
