using Duplex.Messaging.Publications;

namespace Duplex.Centrifuge.Model.Requests;

/// <summary>Asks for past publications of a channel.</summary>
public sealed class HistoryRequest : Request
{
    /// <summary>The channel.</summary>
    public string Channel { get; init; } = "";

    /// <summary>How many at most: 0 for none (only the position), negative for all that the server allows.</summary>
    public int Limit { get; init; }

    /// <summary>Strictly after this (before it when <see cref="Reverse"/>); null for an end of the stream.</summary>
    public StreamPosition? Since { get; init; }

    /// <summary>Newest first.</summary>
    public bool Reverse { get; init; }
}
