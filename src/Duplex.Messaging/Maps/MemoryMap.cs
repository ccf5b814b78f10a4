using Duplex.Messaging.Brokers;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Maps;

/// <summary>One channel's map in memory: entries by key and by rank, and the stream of changes. The caller holds its lock.</summary>
internal sealed class MemoryMap(string channel, MapStorageOptions storage, IMapReceiver receiver)
{
    private readonly Dictionary<string, MapEntry> _entries = new(StringComparer.Ordinal);
    private readonly SortedSet<MapEntry> _ranked = new(MapEntry.ByRank);

    // A map has one time to live, so that what changed last also expires last.
    private readonly LinkedList<MapEntry> _expiring = new();
    private readonly PublicationLog _stream = new() { Ttl = storage.Stream.Ttl };

    private long _usedAt;

    public Lock Gate { get; } = new();

    /// <summary>Whether the map was dropped from its broker; the caller takes a new one.</summary>
    public bool IsRemoved { get; set; }

    public int Count => _entries.Count;

    private StreamPosition Position => storage.Stream.IsKept ? _stream.Position : new(0, "");

    /// <summary>Marks the map as used and drops what has expired.</summary>
    /// <param name="now">The broker's clock in milliseconds.</param>
    /// <param name="utcNow">The wall clock in Unix milliseconds.</param>
    public void Touch(long now, long utcNow)
    {
        _usedAt = now;
        DropExpired(now, utcNow);
    }

    public void DropExpired(long now, long utcNow)
    {
        _stream.DropExpired(utcNow);
        while (_expiring.First is { } first && first.Value.ExpiresAt <= now)
        {
            Remove(first.Value, new Publication { Data = default, Key = first.Value.Key, IsRemoval = true, Time = utcNow });
        }
    }

    /// <summary>Whether nothing is in it and nobody has asked for its meta time.</summary>
    public bool IsForgotten(long now) => _entries.Count == 0 && now - _usedAt >= storage.Stream.MetaTtl.TotalMilliseconds;

    public MapPublishResult Publish(Publication publication, MapPublishOptions options, long now)
    {
        var entry = _entries.GetValueOrDefault(publication.Key!);
        var suppression = SuppressionOf(entry, options);
        if (suppression != MapSuppression.None)
        {
            if (options.RefreshesTtl && entry is not null) Renew(entry, now);
            return new MapPublishResult(Position, suppression);
        }

        if (!storage.IsOrdered && publication.Score != 0) publication = publication with { Score = 0 };
        publication = Append(publication);
        var previous = entry?.Publication;
        entry = Put(entry, publication);
        entry.VersionEpoch = options.VersionEpoch ?? "";
        Renew(entry, now);
        receiver.OnChange(channel, publication, previous, Position.Epoch);
        return new MapPublishResult(Position);
    }

    public MapPublishResult Remove(Publication removal)
    {
        if (!_entries.TryGetValue(removal.Key!, out var entry)) return new MapPublishResult(Position, MapSuppression.KeyNotFound);
        Remove(entry, removal);
        return new MapPublishResult(Position);
    }

    public MapStatePage ReadState(MapStateQuery query)
    {
        if (query.Key is { } key) return new MapStatePage(_entries.TryGetValue(key, out var one) ? [one.Publication] : [], Position, "");
        if (query.Limit == 0) return new MapStatePage([], Position, "");
        List<Publication> page = [];
        MapEntry? last = null;
        foreach (var entry in From(query))
        {
            if (page.Count == query.Limit) return new MapStatePage(page, Position, MapCursor.After(last!));
            page.Add(entry.Publication);
            last = entry;
        }

        return new MapStatePage(page, Position, "");
    }

    public HistoryPage ReadStream(HistoryQuery query) => new(storage.Stream.IsKept ? _stream.Read(query) : [], Position);

    private static MapSuppression SuppressionOf(MapEntry? entry, MapPublishOptions options)
    {
        if (entry is null) return options.KeyMode == MapKeyMode.IfExists ? MapSuppression.KeyNotFound : MapSuppression.None;
        if (options.KeyMode == MapKeyMode.IfNew) return MapSuppression.KeyExists;
        return options.Version > 0 && options.Version <= entry.Publication.Version && (options.VersionEpoch ?? "") == entry.VersionEpoch
            ? MapSuppression.Version
            : MapSuppression.None;
    }

    private Publication Append(Publication publication) =>
        storage.Stream.IsKept ? _stream.Append(publication, storage.Stream.Size) : publication;

    private MapEntry Put(MapEntry? entry, Publication publication)
    {
        if (entry is null)
        {
            entry = new MapEntry(publication);
            _entries.Add(entry.Key, entry);
            _ranked.Add(entry);
        }
        else if (entry.Publication.Score == publication.Score)
        {
            entry.Publication = publication;
        }
        else
        {
            // The rank is the entry's place in the set, so it must not change while it is there.
            _ranked.Remove(entry);
            entry.Publication = publication;
            _ranked.Add(entry);
        }

        return entry;
    }

    private void Remove(MapEntry entry, Publication removal)
    {
        removal = Append(removal);
        var previous = entry.Publication;
        _entries.Remove(entry.Key);
        _ranked.Remove(entry);
        if (entry.Expiring is { } place) _expiring.Remove(place);
        receiver.OnChange(channel, removal, previous, Position.Epoch);
    }

    private void Renew(MapEntry entry, long now)
    {
        if (storage.KeyTtl <= TimeSpan.Zero) return;
        entry.ExpiresAt = now + (long)storage.KeyTtl.TotalMilliseconds;
        if (entry.Expiring is { } place) _expiring.Remove(place);
        else entry.Expiring = new LinkedListNode<MapEntry>(entry);
        _expiring.AddLast(entry.Expiring);
    }

    private IEnumerable<MapEntry> From(MapStateQuery query)
    {
        if (query.Cursor.Length == 0) return query.IsAscending ? _ranked : _ranked.Reverse();
        if (!MapCursor.TryParse(query.Cursor, out var score, out var key))
        {
            throw new ClientException(ClientErrors.BadRequest with { Message = "bad request: no page gave this cursor" });
        }

        if (_ranked.Count == 0) return [];
        var last = new MapEntry(new Publication { Data = default, Key = key, Score = score });
        var (low, high) = query.IsAscending ? (last, _ranked.Max!) : (_ranked.Min!, last);
        if (MapEntry.ByRank.Compare(low, high) > 0) return [];
        var view = _ranked.GetViewBetween(low, high);
        return (query.IsAscending ? view : view.Reverse()).SkipWhile(entry => MapEntry.ByRank.Compare(entry, last) == 0);
    }
}
