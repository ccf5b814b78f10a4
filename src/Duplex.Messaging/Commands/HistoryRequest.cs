using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Commands;

/// <summary>Reads past publications of a channel.</summary>
internal sealed class HistoryRequest : Request
{
    /// <summary>The channel.</summary>
    public string Channel { get; set; } = "";

    /// <summary>Maximum number of publications: 0 for none (only the position), negative for all that the server allows.</summary>
    public int Limit { get; set; }

    /// <summary>The position after which (before which when <see cref="Reverse"/>) publications are read; null for the end at which the order starts.</summary>
    public StreamPosition? Since { get; set; }

    /// <summary>Whether the newest publication comes first.</summary>
    public bool Reverse { get; set; }
}
