using System.Runtime.InteropServices;
using Showcase.Exchange.Books;
using Showcase.Exchange.Matching;
using Showcase.Exchange.PublicData;

namespace Showcase.Exchange.Streams;

/// <summary>
/// The changes and the best levels of a book at one cadence. An event of changes begins with the id after the last one of
/// the event before, also when nobody subscribed then, so a gap is always a lost event.
/// </summary>
internal sealed class DepthStreams
{
    private static readonly int[] Depths = [5, 10, 20];

    private readonly OrderBook _book;
    private readonly StreamPayloads _payloads;
    private readonly BookDiff _diff = new();
    private readonly MarketStream[] _changes;
    private readonly (MarketStream Stream, int Depth)[] _tops;
    private bool _hasChanged;

    /// <param name="book">The book.</param>
    /// <param name="payloads">The payloads of the symbol.</param>
    /// <param name="streamOf">Creates the stream of a kind.</param>
    /// <param name="suffixes">The suffixes of the names at this cadence.</param>
    public DepthStreams(OrderBook book, StreamPayloads payloads, Func<string, MarketStream> streamOf, string[] suffixes)
    {
        (_book, _payloads) = (book, payloads);
        _changes = [.. suffixes.Select(suffix => streamOf($"depth{suffix}"))];
        _tops = [.. suffixes.SelectMany(suffix => Depths.Select(depth => (streamOf($"depth{depth}{suffix}"), depth)))];
    }

    /// <summary>Adds the changes of a command.</summary>
    public void Add(Execution execution)
    {
        foreach (ref readonly var change in CollectionsMarshal.AsSpan(execution.Levels)) _diff.Add(change);
    }

    /// <summary>Publishes the changes since the last publication, if there are any, and the best levels after a change and once a second.</summary>
    public void Publish(in DuePeriods due)
    {
        _hasChanged = !_diff.IsEmpty;
        if (_hasChanged && Array.Exists(_changes, static stream => stream.IsWatched))
        {
            var payload = _payloads.Diff(_diff.First, _diff.Last, Copy(_diff.Bids), Copy(_diff.Asks), due.Now);
            foreach (var stream in _changes) stream.Publish(payload);
        }

        _diff.Clear();
        if (_hasChanged || due.Second) PublishTops();
    }

    private void PublishTops()
    {
        foreach (var (stream, depth) in _tops)
        {
            if (!stream.IsWatched) continue;
            var (bids, asks) = (PublicFormat.Levels(_book, Side.Buy, depth), PublicFormat.Levels(_book, Side.Sell, depth));
            stream.Publish(_payloads.Top(_book.LastUpdateId, bids, asks), isConflated: true);
        }
    }

    private static (long, long)[] Copy(IReadOnlyDictionary<long, long> levels) => [.. levels.Select(static level => (level.Key, level.Value))];
}
