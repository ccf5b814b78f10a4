using Duplex.Messaging;
using Duplex.Messaging.Clients;

namespace Duplex.Testing;

/// <summary>A push from the hub to a test client. Properties that do not apply to its kind are empty.</summary>
public sealed class TestPush
{
    private readonly PayloadSerializer _payloads;

    internal TestPush(TestPushKind kind, PayloadSerializer payloads)
    {
        Kind = kind;
        _payloads = payloads;
    }

    /// <summary>The kind of the push.</summary>
    public TestPushKind Kind { get; }

    /// <summary>The channel of the push.</summary>
    public string Channel { get; internal init; } = "";

    /// <summary>The payload, as JSON.</summary>
    public ReadOnlyMemory<byte> Data { get; internal init; }

    /// <summary>A publication's offset; 0 in channels without history.</summary>
    public ulong Offset { get; internal init; }

    /// <summary>A publication's tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; internal init; } = new Dictionary<string, string>();

    /// <summary>The client that published, joined or left; null when the server published.</summary>
    public ClientInfo? Info { get; internal init; }

    /// <summary>The code of an unsubscription or a disconnect.</summary>
    public int Code { get; internal init; }

    /// <summary>The reason of an unsubscription or a disconnect.</summary>
    public string Reason { get; internal init; } = "";

    /// <summary>Deserializes the payload by the type information that the application registered.</summary>
    /// <exception cref="System.Text.Json.JsonException">The payload cannot be deserialized to the type.</exception>
    public T? Read<T>() => _payloads.Deserialize<T>(Data);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Kind} {Channel}{Info?.User} {(Code > 0 ? $"{Code} {Reason}" : System.Text.Encoding.UTF8.GetString(Data.Span))}".TrimEnd();
}
