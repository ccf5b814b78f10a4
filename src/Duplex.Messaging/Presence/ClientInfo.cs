namespace Duplex.Messaging.Presence;

/// <summary>Who a client is, as presence, joins, leaves and publications show it to others. Immutable.</summary>
/// <param name="User">The user id; empty for an anonymous user.</param>
/// <param name="Client">The connection's id.</param>
public sealed record ClientInfo(string User, string Client)
{
    /// <summary>The application's data about the connection; empty when there is none.</summary>
    public ReadOnlyMemory<byte> ConnInfo { get; init; }

    /// <summary>The application's data about this user in this channel; empty when there is none.</summary>
    public ReadOnlyMemory<byte> ChanInfo { get; init; }
}
