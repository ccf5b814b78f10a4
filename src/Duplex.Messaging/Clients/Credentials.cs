using Duplex.Messaging.Application;

namespace Duplex.Messaging.Clients;

/// <summary>The permissions of a client that connects, from its token and the application's handler.</summary>
/// <param name="Decision">The decision of the handler; the default one when there is no handler.</param>
/// <param name="Subscriptions">The channels of the token, to which the server subscribes the client.</param>
/// <param name="Expiry">The expiry of the connection; null: never.</param>
internal sealed record Credentials(ConnectDecision Decision, IReadOnlyList<ServerSubscription> Subscriptions, DateTimeOffset? Expiry)
{
    public static ConnectDecision DefaultDecision { get; } = ConnectDecision.Allow();

    /// <summary>The credentials of a client with neither a token nor a handler's decision.</summary>
    public static Credentials None { get; } = new(DefaultDecision, [], null);
}
