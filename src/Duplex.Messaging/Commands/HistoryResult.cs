using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Commands;

/// <summary>Past publications of a channel.</summary>
internal sealed class HistoryResult : Result
{
    /// <summary>The publications in the requested order.</summary>
    public IReadOnlyList<Publication> Publications { get; init; } = [];

    /// <summary>The position of the stream.</summary>
    public StreamPosition Position { get; init; } = new(0, "");
}
