using Duplex.Messaging.Application;

namespace Duplex.Messaging.Polling;

/// <summary>A question for the values of the keys that clients track in a channel.</summary>
public sealed class PollContext
{
    /// <summary>The channel.</summary>
    public required string Channel { get; init; }

    /// <summary>The parts of the channel's name by their names in the pattern.</summary>
    public ChannelValues Values { get; init; }

    /// <summary>Is cancelled when the time limit of handlers is over (<see cref="HubOptions.HandlerTimeout"/>), and when the host stops.</summary>
    public CancellationToken CancellationToken { get; internal set; }

    /// <summary>The keys, and the versions the hub has: an answer may leave out what has not changed.</summary>
    public required IReadOnlyList<PolledKey> Keys { get; init; }
}
