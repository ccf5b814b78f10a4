using Duplex.Messaging;
using Duplex.Messaging.Publications;

namespace Duplex.Testing;

/// <summary>The hub's reply to a subscribe command.</summary>
public sealed class TestSubscription
{
    private readonly PayloadSerializer _payloads;

    internal TestSubscription(PayloadSerializer payloads) => _payloads = payloads;

    /// <summary>The data of the application's subscribe reply, as JSON; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Data { get; internal init; }

    /// <summary>Whether missed publications can be recovered later.</summary>
    public bool IsRecoverable { get; internal init; }

    /// <summary>Whether <see cref="Publications"/> contains every missed publication.</summary>
    public bool IsRecovered { get; internal init; }

    /// <summary>The recovered publications, oldest first.</summary>
    public IReadOnlyList<TestPush> Publications { get; internal init; } = [];

    /// <summary>The stream position of the subscription: that of the last publication that the client has received.</summary>
    public StreamPosition Position { get; internal init; }

    /// <summary>Deserializes the data by the type information that the application registered.</summary>
    /// <exception cref="System.Text.Json.JsonException">The data cannot be deserialized to the type.</exception>
    public T? Read<T>() => _payloads.Deserialize<T>(Data);
}
