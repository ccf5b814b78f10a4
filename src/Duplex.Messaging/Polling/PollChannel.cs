using Duplex.Messaging.Brokers;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Reporting;

namespace Duplex.Messaging.Polling;

/// <summary>
/// The keys that clients of this node track in one channel. The application is polled for each new key once, and
/// for all keys at an interval. Safe from any thread.
/// </summary>
internal sealed class PollChannel(
    HubClock clock, ChannelTable channelTable, HubReports reports, PollSource source, string name, PollOptions options, DataFormat format)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, PollEntry> _entries = new(StringComparer.Ordinal);
    private ITimer? _timer;

    public PollOptions Options => options;

    /// <summary>The epoch of the versions that the hub counts; empty when the application supplies versions.</summary>
    public string Epoch { get; } = options.IsVersioned ? "" : EpochLetters.Next();

    /// <summary>The number of subscriptions on this node; changed under the poller's lock.</summary>
    public int Subscribers { get; set; }

    /// <summary>Tracks keys for a subscription that does not track them yet; the task completes when all of them have been polled.</summary>
    public Task Track(PollSubscription subscription, IReadOnlyList<string> keys)
    {
        TaskCompletionSource? load = null;
        List<string> fresh = [];
        HashSet<Task> loading = [];
        lock (_gate)
        {
            foreach (var key in keys)
            {
                if (!_entries.TryGetValue(key, out var entry))
                {
                    load ??= new TaskCompletionSource();
                    _entries[key] = entry = new PollEntry(key, load.Task);
                    fresh.Add(key);
                }

                entry.Trackers++;
                if (!entry.Loading.IsCompleted) loading.Add(entry.Loading);
                subscription.Keys[key] = new TrackedKey(entry);
            }

            if (_entries.Count > 0)
            {
                _timer ??= clock.Time.CreateTimer(
                    static state => _ = ((PollChannel)state!).RefreshAsync(), this, options.RefreshInterval, Timeout.InfiniteTimeSpan);
            }
        }

        if (load is not null) _ = LoadAsync(fresh, load);
        return loading.Count == 0 ? Task.CompletedTask : Task.WhenAll(loading);
    }

    /// <summary>Stops tracking a key for a subscription, and drops the key when no other subscription of this node tracks it.</summary>
    public void Untrack(PollSubscription subscription, string key)
    {
        if (!subscription.Keys.Remove(key, out var tracked)) return;
        lock (_gate)
        {
            if (--tracked.Entry.Trackers > 0) return;

            // A key that was removed and is tracked again has a new entry.
            if (_entries.TryGetValue(key, out var entry) && ReferenceEquals(entry, tracked.Entry)) _entries.Remove(key);
            if (_entries.Count > 0) return;
            _timer?.Dispose();
            _timer = null;
        }
    }

    /// <summary>Returns the value of a key if it is newer than the client's; null otherwise.</summary>
    public Publication? Read(TrackedKey tracked)
    {
        lock (_gate)
        {
            var entry = tracked.Entry;
            tracked.IsAwaited = false;
            if (entry.IsRemoved) return Removal(entry.Key);
            if (entry.Version <= tracked.Version) return null;
            (tracked.Version, tracked.HasBase) = (entry.Version, true);
            return Known(entry);
        }
    }

    /// <summary>Applies items of the application, and delivers those that changed to the subscriptions that track them.</summary>
    public void Apply(IEnumerable<PolledItem> items)
    {
        lock (_gate)
        {
            foreach (var item in items)
            {
                if (_entries.TryGetValue(item.Key, out var entry) && Change(entry, item) is { } change) Post(change.Item, change.Before);
            }
        }
    }

    private (Publication Item, Publication? Before)? Change(PollEntry entry, PolledItem item)
    {
        if (item.IsRemoved)
        {
            _entries.Remove(entry.Key);
            entry.IsRemoved = true;
            return (Removal(entry.Key), null);
        }

        if (!format.Accepts(item.Data.Span, out var isJson)) return null;
        var isSame = entry.Version > 0 && entry.Data.Span.SequenceEqual(item.Data.Span);
        var version = options.IsVersioned ? item.Version : entry.Version + (isSame ? 0ul : 1);
        if (version <= entry.Version) return null;
        var before = entry.Version > 0 ? Known(entry) : null;
        (entry.Version, entry.Data, entry.IsJson) = (version, item.Data, isJson);
        return (Known(entry), before);
    }

    // Called under the lock, so that all subscribers receive the changes of a key in the same order.
    private void Post(Publication item, Publication? before)
    {
        if (channelTable.Find(name) is { } channel) channel.Post(new SharedItem(channel, item, before));
    }

    private static Publication Known(PollEntry entry) => new() { Key = entry.Key, Data = entry.Data, IsJson = entry.IsJson, Version = entry.Version };

    private static Publication Removal(string key) => new() { Key = key, Data = default, IsRemoval = true };

    private async Task LoadAsync(List<string> keys, TaskCompletionSource done)
    {
        await PollAsync(keys).ConfigureAwait(false);
        done.SetResult();
    }

    private async Task RefreshAsync()
    {
        List<string> keys;
        lock (_gate) keys = [.. _entries.Values.Where(static entry => entry.Loading.IsCompleted).Select(static entry => entry.Key)];
        await PollAsync(keys).ConfigureAwait(false);
        lock (_gate) _timer?.Change(options.RefreshInterval, Timeout.InfiniteTimeSpan);
    }

    private async Task PollAsync(List<string> keys)
    {
        foreach (var batch in keys.Chunk(options.RefreshBatchSize))
        {
            PolledKey[] known;
            lock (_gate) known = [.. batch.Select(key => new PolledKey(key, _entries.TryGetValue(key, out var entry) ? entry.Version : 0))];
            try
            {
                var items = (await source.ReadAsync(known).ConfigureAwait(false)).ToArray();
                Apply(items);
                if (Array.Find(items, item => !item.IsRemoved && !format.Accepts(item.Data.Span, out _)) is { } refused)
                {
                    reports.PollFailed(new FormatException($"The data of the key '{refused.Key}' does not match the namespace's DataFormat ({format})."), name);
                }
            }
            catch (Exception exception)
            {
                reports.PollFailed(exception, name);
            }
        }
    }
}
