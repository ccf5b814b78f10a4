using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Brokers;

/// <summary>Retains idempotency keys and versions to suppress repeated publications. Both are bounded in number; the oldest are dropped first. The caller holds its lock.</summary>
internal sealed class PublishGuard(TimeProvider time)
{
    private const long KeyLife = 5 * 60 * 1000;

    /// <summary>Limit: idempotency keys retained at a time, more than any publisher needs within their five minutes; the oldest are dropped first.</summary>
    private const int MaxKeys = 1_000_000;

    /// <summary>Limit: versions of channels and keys retained at a time; the oldest are dropped first.</summary>
    private const int MaxVersions = 1_000_000;

    private readonly HubClock _clock = new(time);
    private readonly Dictionary<(string Channel, string Key), (PublishResult Result, long Expiry)> _results = [];
    private readonly Queue<((string Channel, string Key) Id, long Expiry)> _expiries = [];
    private readonly Dictionary<string, (ulong Version, string Epoch, long Expiry)> _versions = new(StringComparer.Ordinal);

    // One entry per channel with a version: the time at which its expiry is checked.
    private readonly PriorityQueue<string, long> _versionChecks = new();

    public Lock Gate { get; } = new();

    public PublishResult? FindEarlier(string channel, PublishOptions options) =>
        options.IdempotencyKey is { } key && _results.TryGetValue((channel, key), out var earlier) && earlier.Expiry > _clock.Now
            ? earlier.Result
            : null;

    public bool IsOutdated(string channel, PublishOptions options) =>
        options.Version > 0 && _versions.TryGetValue(channel, out var last)
        && last.Epoch == (options.VersionEpoch ?? "") && options.Version <= last.Version;

    /// <summary>Retains the key for five minutes, and the version until the channel has received none for <paramref name="versionLife"/>.</summary>
    public void Remember(string channel, PublishOptions options, PublishResult result, TimeSpan versionLife)
    {
        var now = _clock.Now;
        if (options.Version > 0)
        {
            var end = now + (long)versionLife.TotalMilliseconds;
            if (!_versions.ContainsKey(channel))
            {
                if (_versions.Count >= MaxVersions) _versions.Remove(_versionChecks.Dequeue());
                _versionChecks.Enqueue(channel, end);
            }

            _versions[channel] = (options.Version, options.VersionEpoch ?? "", end);
        }

        if (options.IdempotencyKey is not { } key) return;
        if (_expiries.Count >= MaxKeys) _results.Remove(_expiries.Dequeue().Id);
        var expiry = now + KeyLife;
        _results[(channel, key)] = (result, expiry);
        _expiries.Enqueue(((channel, key), expiry));
    }

    public void DropExpired()
    {
        lock (Gate)
        {
            var now = _clock.Now;
            while (_expiries.TryPeek(out var next) && next.Expiry <= now)
            {
                _expiries.Dequeue();
                if (_results.TryGetValue(next.Id, out var kept) && kept.Expiry <= now) _results.Remove(next.Id);
            }

            while (_versionChecks.TryPeek(out var channel, out var due) && due <= now)
            {
                _versionChecks.Dequeue();
                var expiry = _versions[channel].Expiry;
                if (expiry <= now) _versions.Remove(channel);
                else _versionChecks.Enqueue(channel, expiry);
            }
        }
    }
}
