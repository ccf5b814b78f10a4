using Duplex.Messaging.Channels;
using Duplex.Messaging.Publications;

namespace Duplex.Centrifuge.Model.Results;

/// <summary>The subscription stands.</summary>
public sealed class SubscribeResult : Result
{
    /// <summary>Whether the client itself must refresh within <see cref="TtlSeconds"/>.</summary>
    public bool Expires { get; init; }

    /// <summary>Seconds until the subscription expires.</summary>
    public uint TtlSeconds { get; init; }

    /// <summary>Whether the client can recover from a position.</summary>
    public bool Recoverable { get; init; }

    /// <summary>The position the client starts from: the requested one after a recovery, otherwise the top.</summary>
    public StreamPosition Position { get; init; } = new(0, "");

    /// <summary>What was missed, oldest first. With <see cref="Delta"/>, their data is text or patches as prepared by the caller.</summary>
    public IReadOnlyList<Publication> Publications { get; init; } = [];

    /// <summary>Whether nothing was lost.</summary>
    public bool Recovered { get; init; }

    /// <summary>Whether lost publications are noticed.</summary>
    public bool Positioned { get; init; }

    /// <summary>The application's data; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Whether a recovery was asked for.</summary>
    public bool WasRecovering { get; init; }

    /// <summary>Whether delta compression was granted. JSON then carries every payload of the channel as a string.</summary>
    public bool Delta { get; init; }

    /// <summary>The number that stands for the channel in pushes; 0 when the name does.</summary>
    public long Id { get; init; }

    /// <summary>What the subscription delivers.</summary>
    public SubscriptionType Type { get; init; }

    /// <summary>The step of a map subscription.</summary>
    public SubscriptionPhase Phase { get; init; }

    /// <summary>Where the next page of a map begins; empty after the last.</summary>
    public string Cursor { get; init; } = "";

    /// <summary>A page of a map's entries.</summary>
    public IReadOnlyList<Publication> State { get; init; } = [];

    /// <summary>How long a client gathers its publishes into a map; 0 for not at all.</summary>
    public uint PublishDebounceMs { get; init; }
}
