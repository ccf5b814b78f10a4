using Duplex.Messaging.Channels;

namespace Duplex.Centrifuge.Model.Requests;

/// <summary>Publishes into a channel.</summary>
public sealed class PublishRequest : Request
{
    /// <summary>The channel.</summary>
    public string Channel { get; init; } = "";

    /// <summary>The payload.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Stream or map; a number that is not of the enumeration is kept as it came.</summary>
    public SubscriptionType Type { get; init; }

    /// <summary>The entry of a map to change.</summary>
    public string Key { get; init; } = "";

    /// <summary>Whether the entry is to be removed.</summary>
    public bool Removed { get; init; }
}
