using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Duplex.Messaging.Brokers;

/// <summary>
/// The entries of an in-memory broker by channel. They are bounded in number per namespace, and a sweep visits only
/// those that are due. Lock order: an entry's lock, then this one's.
/// </summary>
internal sealed class BrokerEntries<TEntry>
    where TEntry : BrokerEntry
{
    // Maximum number of recently used entries that are skipped before one of them is dropped.
    private const int MaxSecondChances = 64;
    private const int MinCleaned = 64;

    private readonly ConcurrentDictionary<string, TEntry> _entries = new(StringComparer.Ordinal);
    private readonly BlankEpochs _blanks = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<(TEntry Entry, long UsedAt)>> _ages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly PriorityQueue<TEntry, long> _due = new();
    private int _count;

    public int Count
    {
        get
        {
            lock (_gate) return _count;
        }
    }

    /// <summary>Returns the epoch of a channel without an entry, with which the next entry starts.</summary>
    public string BlankEpoch(string channel) => _blanks.Of(channel);

    public bool TryFind(string channel, [NotNullWhen(true)] out TEntry? entry) => _entries.TryGetValue(channel, out entry);

    /// <summary>Adds an entry, or returns the one that another thread added first. The caller holds no entry's lock.</summary>
    public TEntry Add(TEntry entry)
    {
        var added = _entries.GetOrAdd(entry.Channel, entry);
        if (!ReferenceEquals(added, entry)) return added;
        lock (_gate)
        {
            _count++;
            _counts[entry.Namespace] = _counts.GetValueOrDefault(entry.Namespace) + 1;
            Age(entry.Namespace).Enqueue((entry, entry.UsedAt));
        }

        return entry;
    }

    public int CountOf(string ns)
    {
        lock (_gate) return _counts.GetValueOrDefault(ns);
    }

    /// <summary>Finds the entry of a namespace to drop when there are too many: an empty one or approximately the least recently used one.</summary>
    public TEntry? FindOldest(string ns, bool emptyOnly, TEntry? except = null)
    {
        lock (_gate)
        {
            var age = Age(ns);
            for (var chances = Math.Min(age.Count, MaxSecondChances); chances > 0 && age.TryDequeue(out var oldest);)
            {
                if (oldest.Entry.IsRemoved) continue;
                chances--;
                if (ReferenceEquals(oldest.Entry, except))
                {
                    age.Enqueue(oldest);
                    continue;
                }

                var isUnused = oldest.Entry.UsedAt == oldest.UsedAt && !emptyOnly;
                age.Enqueue((oldest.Entry, oldest.Entry.UsedAt));
                if (isUnused || oldest.Entry.IsEmpty) return oldest.Entry;
            }

            return emptyOnly ? null : age.FirstOrDefault(one => !one.Entry.IsRemoved && !ReferenceEquals(one.Entry, except)).Entry;
        }
    }

    /// <summary>Schedules the sweep's visit to an entry; an earlier one that is scheduled remains. Called under the entry's lock.</summary>
    public void ScheduleVisit(TEntry entry, long moment)
    {
        if (entry.NextVisit != 0 && entry.NextVisit <= moment) return;
        entry.NextVisit = moment;
        lock (_gate) _due.Enqueue(entry, moment);
    }

    /// <summary>Drops an entry and ends its channel's epoch. Called under the entry's lock.</summary>
    public void Remove(TEntry entry)
    {
        if (entry.IsRemoved) return;
        entry.IsRemoved = true;

        // The epoch ends before the name is free, so that a caller that finds no entry reads the new epoch.
        _blanks.End(entry.Channel);
        _entries.TryRemove(new KeyValuePair<string, TEntry>(entry.Channel, entry));
        lock (_gate) ForgetRemoved(entry.Namespace);
    }

    /// <summary>Visits the entries that are due. <paramref name="visit"/> returns the time of the next visit and may remove the entry.</summary>
    public void Sweep(long now, Func<TEntry, long> visit)
    {
        while (TryTakeDue(now, out var entry, out var moment))
        {
            lock (entry.Gate)
            {
                // The entry was rescheduled to an earlier time and visited then.
                if (entry.IsRemoved || entry.NextVisit != moment) continue;
                entry.NextVisit = 0;
                var next = visit(entry);
                if (!entry.IsRemoved) ScheduleVisit(entry, Math.Max(next, now + 1));
            }
        }
    }

    private bool TryTakeDue(long now, [NotNullWhen(true)] out TEntry? entry, out long moment)
    {
        lock (_gate)
        {
            if (_due.TryPeek(out entry, out moment) && moment <= now) return _due.TryDequeue(out entry, out moment);
        }

        entry = null;
        return false;
    }

    private Queue<(TEntry Entry, long UsedAt)> Age(string ns)
    {
        if (!_ages.TryGetValue(ns, out var age)) _ages[ns] = age = new Queue<(TEntry, long)>();
        return age;
    }

    // Purges removed entries from both queues when half of the queued entries are removed ones.
    private void ForgetRemoved(string ns)
    {
        _count--;
        var count = _counts[ns] = _counts.GetValueOrDefault(ns) - 1;
        var age = Age(ns);
        if (age.Count >= 2 * Math.Max(count, MinCleaned))
        {
            for (var i = age.Count; i > 0; i--)
            {
                var one = age.Dequeue();
                if (!one.Entry.IsRemoved) age.Enqueue(one);
            }
        }

        if (_due.Count < 2 * Math.Max(_count, MinCleaned)) return;
        var alive = _due.UnorderedItems.Where(static item => !item.Element.IsRemoved && item.Element.NextVisit == item.Priority).ToArray();
        _due.Clear();
        _due.EnqueueRange(alive);
    }
}
