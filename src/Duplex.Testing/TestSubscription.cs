using Duplex.Messaging;
using Duplex.Messaging.Publications;

namespace Duplex.Testing;

/// <summary>The hub's answer to a subscribe command.</summary>
public sealed class TestSubscription
{
    private readonly PayloadSerializer _payloads;

    internal TestSubscription(PayloadSerializer payloads) => _payloads = payloads;

    /// <summary>Data the application gave with the subscription, as JSON; empty when it gave none.</summary>
    public ReadOnlyMemory<byte> Data { get; internal init; }

    /// <summary>Whether what is missed can be recovered later.</summary>
    public bool IsRecoverable { get; internal init; }

    /// <summary>Whether all that was missed is in <see cref="Publications"/>.</summary>
    public bool IsRecovered { get; internal init; }

    /// <summary>What was missed, oldest first.</summary>
    public IReadOnlyList<TestPush> Publications { get; internal init; } = [];

    /// <summary>The position from which the subscription runs: that of the last publication the client has.</summary>
    public StreamPosition Position { get; internal init; }

    /// <summary>The data as a message, by the type information the application registered.</summary>
    /// <exception cref="System.Text.Json.JsonException">The data does not fit the type.</exception>
    public T? Read<T>() => _payloads.Deserialize<T>(Data);
}
