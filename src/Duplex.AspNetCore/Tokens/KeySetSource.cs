using Microsoft.IdentityModel.Tokens;

namespace Duplex.AspNetCore.Tokens;

/// <summary>
/// The keys an identity provider publishes. They are kept for an hour; a token with a key id that is not among them
/// has them fetched again, at most once in ten seconds, so that strangers cannot make us flood the provider.
/// </summary>
internal sealed class KeySetSource(Uri endpoint, TimeProvider time, HttpClient http)
{
    private const int MaxBytes = 1024 * 1024;
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan LeastInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private volatile Snapshot? _snapshot;
    private Task<Snapshot>? _fetch;
    private long _triedAt;

    /// <summary>The key with this id; all keys when the token names none.</summary>
    public async ValueTask<IReadOnlyList<JsonWebKey>> FindAsync(string? keyId, CancellationToken cancellationToken)
    {
        var snapshot = _snapshot;
        if (snapshot is null || IsDue(snapshot, keyId)) snapshot = await RefreshAsync(keyId).WaitAsync(cancellationToken).ConfigureAwait(false);
        return snapshot.Find(keyId);
    }

    private bool IsDue(Snapshot snapshot, string? keyId) =>
        time.GetUtcNow() - snapshot.FetchedAt >= KeptFor || snapshot.Find(keyId).Length == 0;

    // All who ask at once wait for one fetch.
    private Task<Snapshot> RefreshAsync(string? keyId)
    {
        lock (_gate)
        {
            if (_fetch is { IsCompleted: false }) return _fetch;
            if (_snapshot is { } snapshot && !IsDue(snapshot, keyId)) return Task.FromResult(snapshot);
            // The outcome of the last attempt, failure included, stands for a while.
            if (_fetch is not null && time.GetElapsedTime(_triedAt) < LeastInterval) return _fetch;
            _triedAt = time.GetTimestamp();
            return _fetch = FetchOrKeepAsync();
        }
    }

    private async Task<Snapshot> FetchOrKeepAsync()
    {
        try
        {
            return _snapshot = await FetchAsync().ConfigureAwait(false);
        }
        catch (HttpRequestException) when (_snapshot is not null)
        {
            // Known keys stay good while the provider is away.
            return _snapshot;
        }
    }

    private async Task<Snapshot> FetchAsync()
    {
        using var limit = new CancellationTokenSource(Timeout, time);
        try
        {
            using var response = await http.GetAsync(endpoint, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            response.EnsureSuccessStatusCode();
            await response.Content.LoadIntoBufferAsync(MaxBytes, limit.Token).ConfigureAwait(false);
            var text = await response.Content.ReadAsStringAsync(limit.Token).ConfigureAwait(false);
            return new Snapshot([.. new JsonWebKeySet(text).Keys], time.GetUtcNow());
        }
        catch (OperationCanceledException exception)
        {
            throw new HttpRequestException($"{endpoint} did not answer within {Timeout.TotalSeconds} s.", exception);
        }
        catch (ArgumentException exception)
        {
            throw new HttpRequestException($"{endpoint} did not answer with a key set.", exception);
        }
    }

    private sealed record Snapshot(JsonWebKey[] Keys, DateTimeOffset FetchedAt)
    {
        public JsonWebKey[] Find(string? keyId) =>
            string.IsNullOrEmpty(keyId) ? Keys : [.. Keys.Where(key => string.Equals(key.Kid, keyId, StringComparison.Ordinal))];
    }
}
