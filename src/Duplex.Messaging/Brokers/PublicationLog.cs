using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Brokers;

/// <summary>One channel's stream in memory: a ring of publications with consecutive offsets. The caller holds the lock of the entry that owns it.</summary>
/// <param name="epoch">The epoch of the offsets.</param>
internal sealed class PublicationLog(string epoch)
{
    private const int InitialCapacity = 4;

    private (Publication Publication, long At)[] _ring = [];
    private int _head;
    private int _count;

    public string Epoch { get; } = epoch;

    public ulong Top { get; private set; }

    public int Count => _count;

    public Publication? Latest => _count == 0 ? null : this[_count - 1].Publication;

    /// <summary>The time at which the oldest retained publication was appended, on the broker's clock; null when none is retained.</summary>
    public long? OldestAt => _count == 0 ? null : this[0].At;

    public StreamPosition Position => new(Top, Epoch);

    // Offset of the oldest retained publication; Top + 1 when none is retained.
    private ulong First => Top + 1 - (ulong)_count;

    private (Publication Publication, long At) this[int index] => _ring[(_head + index) & (_ring.Length - 1)];

    /// <summary>Appends a publication.</summary>
    /// <param name="publication">The publication without offset and epoch.</param>
    /// <param name="size">Maximum number of retained publications.</param>
    /// <param name="now">The time on the broker's clock, which is monotonic.</param>
    public Publication Append(Publication publication, int size, long now)
    {
        Top++;
        // The first publication carries the epoch, for clients that subscribed before the stream had a publication.
        var appended = publication with { Offset = Top, Epoch = Top == 1 ? Epoch : null };
        while (_count >= size) DropFirst();
        if (_count == _ring.Length) Grow();
        _ring[(_head + _count++) & (_ring.Length - 1)] = (appended, now);
        return appended;
    }

    /// <summary>Drops publications that were appended at or before a time on the broker's clock.</summary>
    public void DropExpired(long moment)
    {
        while (_count > 0 && this[0].At <= moment) DropFirst();
    }

    public IReadOnlyList<Publication> Read(HistoryQuery query)
    {
        var limit = query.Limit ?? _count;
        if (limit == 0 || _count == 0) return [];
        int from, to; // indexes; to is exclusive
        if (query.IsReversed)
        {
            to = query.Since is { } before ? IndexOf(before.Offset) : _count;
            from = Math.Max(0, to - limit);
        }
        else
        {
            from = query.Since is { } after ? IndexOf(after.Offset == ulong.MaxValue ? after.Offset : after.Offset + 1) : 0;
            to = Math.Min(_count, from + Math.Min(limit, _count));
        }

        if (from >= to) return [];
        var result = new Publication[to - from];
        for (var i = 0; i < result.Length; i++) result[i] = this[query.IsReversed ? to - 1 - i : from + i].Publication;
        return result;
    }

    // Index of the first retained publication whose offset is at least this one.
    private int IndexOf(ulong offset) => offset <= First ? 0 : (int)Math.Min((ulong)_count, offset - First);

    private void DropFirst()
    {
        _ring[_head] = default;
        _head = (_head + 1) & (_ring.Length - 1);
        _count--;
    }

    private void Grow()
    {
        var ring = new (Publication, long)[Math.Max(InitialCapacity, _ring.Length * 2)];
        for (var i = 0; i < _count; i++) ring[i] = this[i];
        _ring = ring;
        _head = 0;
    }
}
