using Duplex.Messaging.Application;

namespace Duplex.Messaging.Polling;

/// <summary>A request for the values of the keys that clients track in a channel.</summary>
public sealed class PollContext
{
    /// <summary>The channel.</summary>
    public required string Channel { get; init; }

    /// <summary>The values of the names in the channel's pattern.</summary>
    public ChannelValues Values { get; init; }

    /// <summary>Cancelled when the time limit of handlers is over (<see cref="HubOptions.HandlerTimeout"/>), and when the host stops.</summary>
    public CancellationToken CancellationToken { get; internal set; }

    /// <summary>The keys with the versions that the hub has; the handler may leave out items that have not changed.</summary>
    public required IReadOnlyList<PolledKey> Keys { get; init; }
}
