using Duplex.Messaging.Channels;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Maps;

/// <summary>Which step of a map subscription a client asks for.</summary>
public sealed record MapRequest
{
    /// <summary>Entries, changes, or live changes.</summary>
    public SubscriptionPhase Phase { get; init; }

    /// <summary>Where the page of entries begins, as the page before said; empty for the first.</summary>
    public string Cursor { get; init; } = "";

    /// <summary>Entries or changes wanted at once; 0 for the default.</summary>
    public int Limit { get; init; }

    /// <summary>Entries from low to high.</summary>
    public bool IsAscending { get; init; }

    /// <summary>The position after which changes are wanted, and to which the entries of the first page belong.</summary>
    public StreamPosition Since { get; init; } = new(0, "");

    /// <summary>Whether the client has the map as it was at <see cref="Since"/>, from an earlier connection.</summary>
    public bool IsRecovering { get; init; }
}
