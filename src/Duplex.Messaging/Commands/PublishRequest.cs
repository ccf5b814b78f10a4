using Duplex.Messaging.Channels;

namespace Duplex.Messaging.Commands;

/// <summary>Publishes into a channel.</summary>
public sealed class PublishRequest : Request
{
    /// <summary>The channel.</summary>
    public string Channel { get; set; } = "";

    /// <summary>The payload.</summary>
    public ReadOnlyMemory<byte> Data { get; set; }

    /// <summary>Stream or map; a number outside the enumeration is kept as it came.</summary>
    public SubscriptionType Type { get; set; }

    /// <summary>The entry of a map to change.</summary>
    public string Key { get; set; } = "";

    /// <summary>Whether the entry is to be removed.</summary>
    public bool Removed { get; set; }
}
