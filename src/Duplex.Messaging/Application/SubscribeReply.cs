namespace Duplex.Messaging.Application;

/// <summary>A granted subscription. To refuse one, a handler returns false or throws <see cref="Errors.ClientException"/>.</summary>
public sealed record SubscribeReply
{
    /// <summary>
    /// Custom data of the subscribe reply, such as a snapshot: serialised as JSON, or sent as it is when it is bytes.
    /// Publications made while the handler runs reach the client after the reply, none is lost. Null: none.
    /// </summary>
    public object? Data { get; init; }

    /// <summary>About the client in this channel, shown to others in presence; as <see cref="Data"/>.</summary>
    public object? Info { get; init; }

    /// <summary>When the subscription expires unless it is refreshed; null: never, or as the token says.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Options of the namespace that this subscription has its own way.</summary>
    public Channels.SubscriptionOverrides Overrides { get; init; } = Channels.SubscriptionOverrides.None;
}
