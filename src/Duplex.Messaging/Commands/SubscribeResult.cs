using Duplex.Messaging.Channels;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Commands;

/// <summary>
/// The result of a subscription, or of a step of a map subscription. Live publications are buffered until the dialect has
/// written the reply and called <see cref="ClientCommands.Activate"/>.
/// </summary>
internal sealed class SubscribeResult : Result
{
    /// <summary>The channel.</summary>
    public string Channel { get; init; } = "";

    /// <summary>Whether the client itself must refresh within <see cref="TtlSeconds"/>.</summary>
    public bool Expires { get; init; }

    /// <summary>Seconds until the subscription expires; 0 when the client need not refresh.</summary>
    public uint TtlSeconds { get; init; }

    /// <summary>Whether the client can recover from a position.</summary>
    public bool Recoverable { get; init; }

    /// <summary>The position at which the client starts: the requested one after a recovery, otherwise the top.</summary>
    public StreamPosition Position { get; init; } = new(0, "");

    /// <summary>The missed publications, oldest first, or the changes of a map.</summary>
    public IReadOnlyList<Publication> Publications { get; init; } = [];

    /// <summary>Whether recovery returned everything that was missed.</summary>
    public bool Recovered { get; init; }

    /// <summary>Whether the hub reports lost publications.</summary>
    public bool Positioned { get; init; }

    /// <summary>Custom data of the handler; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Whether recovery was requested.</summary>
    public bool WasRecovering { get; init; }

    /// <summary>Whether delta compression was granted. JSON then carries every payload of the channel as a string.</summary>
    public bool Delta { get; init; }

    /// <summary>The number that identifies the channel in pushes; 0 when the name does.</summary>
    public long Id { get; init; }

    /// <summary>The kind of subscription.</summary>
    public SubscriptionType Type { get; init; }

    /// <summary>The step of a map subscription: changes are pushed only when it is live.</summary>
    public SubscriptionPhase Phase { get; init; }

    /// <summary>The start of a map's next page; empty after the last page.</summary>
    public string Cursor { get; init; } = "";

    /// <summary>A page of the entries of a map.</summary>
    public IReadOnlyList<Publication> State { get; init; } = [];

    /// <summary>Time in milliseconds for which a client gathers its publications into a map; 0 when it does not.</summary>
    public uint PublishDebounceMs { get; init; }

    /// <summary>The subscription; null in a result that was not made by a hub.</summary>
    internal Subscription? Subscription { get; init; }
}
