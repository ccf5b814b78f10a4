using Duplex.Messaging.Brokers;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Maps;

/// <summary>One channel's map in memory: entries by key and by rank, and the stream of changes. The map is created with its first entry.</summary>
internal sealed class MemoryMap(string channel, MapStorageOptions storage, IMapReceiver receiver) : BrokerEntry(channel, storage.Stream.Namespace)
{
    private readonly Dictionary<string, MapEntry> _entries = new(StringComparer.Ordinal);
    private readonly SortedSet<MapEntry> _ranked = new(MapEntry.ByRank);

    // A map has one time to live, so the entry that changed last also expires last.
    private readonly LinkedList<MapEntry> _expiring = new();

    // Number of entries by the client that changed them last.
    private readonly Dictionary<string, int> _owned = new(StringComparer.Ordinal);
    private PublicationLog? _stream;

    public override bool IsEmpty => _entries.Count == 0;

    /// <summary>The time at which the sweep next has work here, on the broker's clock.</summary>
    public long DueAt
    {
        get
        {
            var due = UsedAt + storage.Stream.MetaTtlMilliseconds;
            if (_expiring.First is { } first) due = Math.Min(due, first.Value.ExpiresAt);
            if (_stream?.OldestAt is { } oldest) due = Math.Min(due, oldest + storage.Stream.TtlMilliseconds);
            return due;
        }
    }

    public int Count => _entries.Count;

    private StreamPosition Position => _stream?.Position ?? new(0, "");

    /// <summary>Starts the stream, if one is retained, with the channel's current epoch. Called once the map is in the table, so that the end of an earlier map has changed the epoch.</summary>
    public void Begin(BrokerEntries<MemoryMap> maps)
    {
        if (storage.Stream.IsKept) _stream ??= new PublicationLog(maps.BlankEpoch(Channel));
    }

    /// <summary>Marks the map as used and drops expired entries and changes.</summary>
    /// <param name="now">The broker's clock in milliseconds.</param>
    /// <param name="utcNow">The wall clock in Unix milliseconds.</param>
    public void Touch(long now, long utcNow)
    {
        UsedAt = now;
        DropExpired(now, utcNow);
    }

    public void DropExpired(long now, long utcNow)
    {
        _stream?.DropExpired(now - storage.Stream.TtlMilliseconds);
        while (_expiring.First is { } first && first.Value.ExpiresAt <= now)
        {
            Remove(first.Value, new Publication { Data = default, Key = first.Value.Key, IsRemoval = true, Time = utcNow }, now);
        }
    }

    /// <summary>Whether the map can be dropped: it is empty, and either has no stream or was not used for its meta time.</summary>
    public bool IsForgotten(long now) =>
        _entries.Count == 0 && (_stream is null || now - UsedAt >= storage.Stream.MetaTtlMilliseconds);

    public MapPublishResult Publish(Publication publication, MapPublishOptions options, long now)
    {
        var entry = _entries.GetValueOrDefault(publication.Key!);
        var suppression = SuppressionOf(entry, options);
        if (suppression != MapSuppression.None)
        {
            if (options.RefreshesTtl && entry is not null) Renew(entry, now);
            return new MapPublishResult(Position, suppression);
        }

        Admit(entry, publication);
        if (!storage.IsOrdered && publication.Score != 0) publication = publication with { Score = 0 };
        publication = Append(publication, now);
        var previous = entry?.Publication;
        if (previous is not null) Own(previous, -1);
        Own(publication, 1);
        entry = Put(entry, publication);
        entry.VersionEpoch = options.VersionEpoch ?? "";
        Renew(entry, now);
        receiver.OnChange(Channel, publication, previous, Position.Epoch);
        return new MapPublishResult(Position);
    }

    public MapPublishResult Remove(Publication removal, long now)
    {
        if (!_entries.TryGetValue(removal.Key!, out var entry)) return new MapPublishResult(Position, MapSuppression.KeyNotFound);
        Remove(entry, removal, now);
        return new MapPublishResult(Position);
    }

    public MapStatePage ReadState(MapStateQuery query)
    {
        if (query.Key is { } key) return new MapStatePage(_entries.TryGetValue(key, out var one) ? [one.Publication] : [], Position, "");
        if (query.Limit == 0) return new MapStatePage([], Position, "");
        List<Publication> page = [];
        MapEntry? last = null;
        var bytes = 0L;
        foreach (var entry in From(query))
        {
            bytes += entry.Publication.ApproximateBytes;
            var isFull = page.Count == query.Limit || (bytes > query.MaxBytes && page.Count > 0);
            if (isFull) return new MapStatePage(page, Position, MapCursor.After(last!));
            page.Add(entry.Publication);
            last = entry;
        }

        return new MapStatePage(page, Position, "");
    }

    public HistoryPage ReadStream(HistoryQuery query) => new(_stream?.Read(query) ?? [], Position);

    private static MapSuppression SuppressionOf(MapEntry? entry, MapPublishOptions options)
    {
        if (entry is null) return options.KeyMode == MapKeyMode.IfExists ? MapSuppression.KeyNotFound : MapSuppression.None;
        if (options.KeyMode == MapKeyMode.IfNew) return MapSuppression.KeyExists;
        return options.Version > 0 && options.Version <= entry.Publication.Version && (options.VersionEpoch ?? "") == entry.VersionEpoch
            ? MapSuppression.Version
            : MapSuppression.None;
    }

    // Rejects a change that would exceed a bound before any state changes.
    private void Admit(MapEntry? entry, Publication publication)
    {
        if (entry is null && _entries.Count >= storage.MaxKeys) throw new ClientException(ClientErrors.LimitExceeded.Because("The map holds MaxKeys entries."));
        if (publication.Info is not { } owner || entry?.Publication.Info?.Client == owner.Client) return;
        if (_owned.GetValueOrDefault(owner.Client) >= storage.MaxKeysPerClient) throw new ClientException(ClientErrors.LimitExceeded.Because("The client owns MaxKeysPerClient entries of the map."));
    }

    private void Own(Publication publication, int change)
    {
        if (storage.MaxKeysPerClient == int.MaxValue || publication.Info is not { } owner) return;
        var count = _owned.GetValueOrDefault(owner.Client) + change;
        if (count > 0) _owned[owner.Client] = count;
        else _owned.Remove(owner.Client);
    }

    private Publication Append(Publication publication, long now) =>
        _stream?.Append(publication, storage.Stream.Size, now) ?? publication;

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
            // The rank orders the entry in the set, so it must not change while the entry is in the set.
            _ranked.Remove(entry);
            entry.Publication = publication;
            _ranked.Add(entry);
        }

        return entry;
    }

    private void Remove(MapEntry entry, Publication removal, long now)
    {
        removal = Append(removal, now);
        var previous = entry.Publication;
        Own(previous, -1);
        _entries.Remove(entry.Key);
        _ranked.Remove(entry);
        if (entry.Expiring is { } place) _expiring.Remove(place);
        receiver.OnChange(Channel, removal, previous, Position.Epoch);
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
        if (query.Cursor is not { Length: > 0 } cursor) return query.IsAscending ? _ranked : _ranked.Reverse();
        var (score, key) = MapCursor.Parse(cursor);
        if (_ranked.Count == 0) return [];
        var last = new MapEntry(new Publication { Data = default, Key = key, Score = score });
        var (low, high) = query.IsAscending ? (last, _ranked.Max!) : (_ranked.Min!, last);
        if (MapEntry.ByRank.Compare(low, high) > 0) return [];
        var view = _ranked.GetViewBetween(low, high);
        return (query.IsAscending ? view : view.Reverse()).SkipWhile(entry => MapEntry.ByRank.Compare(entry, last) == 0);
    }
}
