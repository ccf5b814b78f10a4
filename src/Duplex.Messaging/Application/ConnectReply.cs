namespace Duplex.Messaging.Application;

/// <summary>What a connect handler decides about a client.</summary>
public sealed record ConnectReply
{
    /// <summary>The user's id; null keeps what the token said. Empty makes the client anonymous.</summary>
    public string? User { get; init; }

    /// <summary>Custom data of the connect reply: serialised as JSON, or sent as it is when it is bytes. Null: none.</summary>
    public object? Data { get; init; }

    /// <summary>About the connection, shown to others in presence and on publications; as <see cref="Data"/>.</summary>
    public object? Info { get; init; }

    /// <summary>A JSON object about the connection for handlers, which clients never see; empty keeps what the token said.</summary>
    public ReadOnlyMemory<byte> Meta { get; init; }

    /// <summary>Channels the server subscribes the client to, besides those of its token.</summary>
    public IReadOnlyList<ServerSubscription> Subscriptions { get; init; } = [];

    /// <summary>When the connection expires unless it is refreshed; null: never, or as the token says.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
