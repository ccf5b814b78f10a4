using Duplex.Messaging.Publications;

namespace Duplex.Messaging.Brokers;

/// <summary>Remembers idempotency keys and versions, so that what was published is not published again. The caller holds its lock.</summary>
internal sealed class PublishGuard(TimeProvider time)
{
    private static readonly TimeSpan KeyLife = TimeSpan.FromMinutes(5);

    private readonly Dictionary<(string Channel, string Key), (PublishResult Result, DateTimeOffset Expiry)> _results = [];
    private readonly Queue<((string Channel, string Key) Id, DateTimeOffset Expiry)> _expiries = [];
    private readonly Dictionary<string, (ulong Version, string Epoch)> _versions = new(StringComparer.Ordinal);

    public Lock Gate { get; } = new();

    public PublishResult? FindEarlier(string channel, PublishOptions options) =>
        options.IdempotencyKey is { } key && _results.TryGetValue((channel, key), out var earlier) && earlier.Expiry > time.GetUtcNow()
            ? earlier.Result
            : null;

    public bool IsOutdated(string channel, PublishOptions options) =>
        options.Version > 0 && _versions.TryGetValue(channel, out var last)
        && last.Epoch == (options.VersionEpoch ?? "") && options.Version <= last.Version;

    public void Remember(string channel, PublishOptions options, PublishResult result)
    {
        if (options.Version > 0) _versions[channel] = (options.Version, options.VersionEpoch ?? "");
        if (options.IdempotencyKey is not { } key) return;
        var expiry = time.GetUtcNow() + KeyLife;
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
        }
    }
}
