using Duplex.Messaging.Channels;
using Duplex.Messaging.Filtering;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Commands;

/// <summary>Subscribes to a channel, or takes the next step of a map subscription.</summary>
internal sealed class SubscribeRequest : Request
{
    /// <summary>The channel; empty in the values of <see cref="ConnectRequest.Subs"/>.</summary>
    public string Channel { get; set; } = "";

    /// <summary>The subscription token; empty when there is none.</summary>
    public string Token { get; set; } = "";

    /// <summary>Whether the client requests the publications after <see cref="Since"/>, or has the map as of that position.</summary>
    public bool Recover { get; set; }

    /// <summary>The last position that the client received.</summary>
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

    /// <summary>The filter that the tags of delivered publications match; null: all publications are delivered.</summary>
    public FilterNode? TagsFilter { get; set; }

    /// <summary>Features that the client offers or requires.</summary>
    public SubscribeFlags Flag { get; set; }

    /// <summary>The kind of subscription; a number outside the enumeration is retained unchanged.</summary>
    public SubscriptionType Type { get; set; }

    /// <summary>The step of a map subscription; a number outside the enumeration is retained unchanged.</summary>
    public SubscriptionPhase Phase { get; set; }

    /// <summary>The start of a map's next page, from the previous page; empty for the first page.</summary>
    public string Cursor { get; set; } = "";

    /// <summary>Number of entries or changes per page; 0 for the default.</summary>
    public int Limit { get; set; }

    /// <summary>Whether pages of an ordered map go from low to high.</summary>
    public bool Ascending { get; set; }

    internal StreamPosition? RecoverSince => Recover ? Since : null;

    /// <summary>Creates the request of a subscription that the server makes.</summary>
    internal static SubscribeRequest To(string channel, StreamPosition? since) => new()
    {
        Channel = channel,
        Recover = since is not null,
        Since = since ?? new(0, ""),
    };
}
