using Duplex.Messaging.Channels;
using Duplex.Messaging.Filtering;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Commands;

/// <summary>Subscribes to a channel, or takes the next step of a map subscription.</summary>
public sealed class SubscribeRequest : Request
{
    /// <summary>The channel; empty in the values of <see cref="ConnectRequest.Subs"/>.</summary>
    public string Channel { get; set; } = "";

    /// <summary>The subscription token; empty when there is none.</summary>
    public string Token { get; set; } = "";

    /// <summary>Whether the client requests the publications after <see cref="Since"/>, or has the map as of that position.</summary>
    public bool Recover { get; set; }

    /// <summary>The last position the client has seen.</summary>
    public StreamPosition Since { get; set; } = new(0, "");

    /// <summary>Custom data for the handler; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Data { get; set; }

    /// <summary>Whether the client requests positioning: the hub reports lost publications.</summary>
    public bool Positioned { get; set; }

    /// <summary>Whether the client requests recovery.</summary>
    public bool Recoverable { get; set; }

    /// <summary>Whether the client requests joins and leaves.</summary>
    public bool JoinLeave { get; set; }

    /// <summary>Whether the client accepts deltas in the Fossil format.</summary>
    public bool Delta { get; set; }

    /// <summary>Only publications whose tags match are delivered; null: all.</summary>
    public FilterNode? TagsFilter { get; set; }

    /// <summary>Features that the client offers or demands.</summary>
    public SubscribeFlags Flag { get; set; }

    /// <summary>What the subscription delivers; a number outside the enumeration is kept as it came.</summary>
    public SubscriptionType Type { get; set; }

    /// <summary>The step of a map subscription; a number outside the enumeration is kept as it came.</summary>
    public SubscriptionPhase Phase { get; set; }

    /// <summary>Where the next page of a map begins, from the page before; empty for the first.</summary>
    public string Cursor { get; set; } = "";

    /// <summary>Entries or changes per page; 0 for the default.</summary>
    public int Limit { get; set; }

    /// <summary>Whether pages of an ordered map go from low to high.</summary>
    public bool Ascending { get; set; }

    internal StreamPosition? RecoverSince => Recover ? Since : null;

    /// <summary>Makes the request of a subscription that the server starts.</summary>
    internal static SubscribeRequest To(string channel, StreamPosition? since) => new()
    {
        Channel = channel,
        Recover = since is not null,
        Since = since ?? new(0, ""),
    };
}
