using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Clients;

/// <summary>What a client says when it connects.</summary>
public readonly record struct ConnectRequest
{
    /// <summary>A connection token; empty when there is none.</summary>
    public string Token { get => field ?? ""; init; }

    /// <summary>Custom data for the handler; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The SDK's name.</summary>
    public string Name { get => field ?? ""; init; }

    /// <summary>The SDK's version.</summary>
    public string Version { get => field ?? ""; init; }

    /// <summary>Header fields as the client says them; null when there are none.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>Where to recover server-side subscriptions from, by channel; null when there is nothing to recover.</summary>
    public IReadOnlyDictionary<string, StreamPosition>? Recover { get; init; }

    /// <summary>Channels that a client of a one-way transport wants; it gets those it may subscribe to itself.</summary>
    public IReadOnlyList<string> Channels { get => field ?? []; init; }
}
