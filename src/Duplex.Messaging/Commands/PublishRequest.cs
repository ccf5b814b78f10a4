using Duplex.Messaging.Channels;

namespace Duplex.Messaging.Commands;

/// <summary>Publishes into a channel.</summary>
internal sealed class PublishRequest : Request
{
    /// <summary>The channel.</summary>
    public string Channel { get; set; } = "";

    /// <summary>The payload.</summary>
    public ReadOnlyMemory<byte> Data { get; set; }

    /// <summary>Stream or map; a number outside the enumeration is retained unchanged.</summary>
    public SubscriptionType Type { get; set; }

    /// <summary>The key of the map entry to change; empty for a stream.</summary>
    public string Key { get; set; } = "";

    /// <summary>Whether the entry is removed.</summary>
    public bool Removed { get; set; }
}
