using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Brokers;

/// <summary>Remembers idempotency keys and versions, so that what was published is not published again. The caller holds its lock.</summary>
internal sealed class PublishGuard(TimeProvider time)
{
    private static readonly TimeSpan KeyLife = TimeSpan.FromMinutes(5);

    private readonly Dictionary<(string Channel, string Key), (PublishResult Result, DateTimeOffset Expiry)> _results = [];
    private readonly Queue<((string Channel, string Key) Id, DateTimeOffset Expiry)> _expiries = [];
    private readonly Dictionary<string, (ulong Version, string Epoch, DateTimeOffset Expiry)> _versions = new(StringComparer.Ordinal);

    // One entry per channel with a version: when to look whether it was published to since.
    private readonly PriorityQueue<string, DateTimeOffset> _versionChecks = new();

    public Lock Gate { get; } = new();

    public PublishResult? FindEarlier(string channel, PublishOptions options) =>
        options.IdempotencyKey is { } key && _results.TryGetValue((channel, key), out var earlier) && earlier.Expiry > time.GetUtcNow()
            ? earlier.Result
            : null;

    public bool IsOutdated(string channel, PublishOptions options) =>
        options.Version > 0 && _versions.TryGetValue(channel, out var last)
        && last.Epoch == (options.VersionEpoch ?? "") && options.Version <= last.Version;

    /// <summary>Keeps the key for five minutes, and the version until the channel got none for <paramref name="versionLife"/>.</summary>
    public void Remember(string channel, PublishOptions options, PublishResult result, TimeSpan versionLife)
    {
        var now = time.GetUtcNow();
        if (options.Version > 0)
        {
            var end = now + versionLife;
            if (!_versions.ContainsKey(channel)) _versionChecks.Enqueue(channel, end);
            _versions[channel] = (options.Version, options.VersionEpoch ?? "", end);
        }

        if (options.IdempotencyKey is not { } key) return;
        var expiry = now + KeyLife;
        _results[(channel, key)] = (result, expiry);
        _expiries.Enqueue(((channel, key), expiry));
    }

    public void DropExpired()
    {
        lock (Gate)
        {
            var now = time.GetUtcNow();
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
