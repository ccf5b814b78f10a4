using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Commands;

/// <summary>Reads past publications of a channel.</summary>
public sealed class HistoryRequest : Request
{
    /// <summary>The channel.</summary>
    public string Channel { get; set; } = "";

    /// <summary>How many at most: 0 for none (only the position), negative for all that the server allows.</summary>
    public int Limit { get; set; }

    /// <summary>Strictly after this (before it when <see cref="Reverse"/>); null for an end of the stream.</summary>
    public StreamPosition? Since { get; set; }

    /// <summary>Newest first.</summary>
    public bool Reverse { get; set; }
}
