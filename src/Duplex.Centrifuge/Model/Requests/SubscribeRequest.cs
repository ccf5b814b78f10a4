using Duplex.Messaging.Channels;
using Duplex.Messaging.Filtering;
using Duplex.Messaging.Publications;

namespace Duplex.Centrifuge.Model.Requests;

/// <summary>Asks for the publications of a channel.</summary>
public sealed class SubscribeRequest : Request
{
    /// <summary>The channel; empty in the values of <see cref="ConnectRequest.Subs"/>.</summary>
    public string Channel { get; init; } = "";

    /// <summary>The subscription token; empty when there is none.</summary>
    public string Token { get; init; } = "";

    /// <summary>Whether what was missed after <see cref="Since"/> is wanted.</summary>
    public bool Recover { get; init; }

    /// <summary>The last position the client has seen.</summary>
    public StreamPosition Since { get; init; } = new(0, "");

    /// <summary>The application's data; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Whether the client asks to be told of lost publications.</summary>
    public bool Positioned { get; init; }

    /// <summary>Whether the client asks to be able to recover.</summary>
    public bool Recoverable { get; init; }

    /// <summary>Whether the client asks for joins and leaves.</summary>
    public bool JoinLeave { get; init; }

    /// <summary>The delta compression offered: empty or <c>fossil</c>.</summary>
    public string Delta { get; init; } = "";

    /// <summary>Which publications are wanted, by their tags; null for all.</summary>
    public FilterNode? TagsFilter { get; init; }

    /// <summary>Features the client offers or demands.</summary>
    public SubscribeFlags Flag { get; init; }

    /// <summary>What the subscription is to deliver; a number that is not of the enumeration is kept as it came.</summary>
    public SubscriptionType Type { get; init; }

    /// <summary>The step of a map subscription; a number that is not of the enumeration is kept as it came.</summary>
    public SubscriptionPhase Phase { get; init; }

    /// <summary>Where the next page of a map begins; empty for the first.</summary>
    public string Cursor { get; init; } = "";

    /// <summary>The size of a page wanted; 0 for the default.</summary>
    public int Limit { get; init; }

    /// <summary>Whether pages of an ordered map go from low to high.</summary>
    public bool Ascending { get; init; }
}
