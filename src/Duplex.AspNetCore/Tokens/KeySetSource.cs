using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Duplex.AspNetCore.Tokens;

/// <summary>
/// Caches the keys that an identity provider publishes. They are fetched again after an hour, and for a token with an unknown
/// key id, at most once in ten seconds, so that tokens of attackers cannot cause a flood of requests to the provider. If a
/// fetch fails, the cached keys remain valid.
/// </summary>
internal sealed class KeySetSource(Uri endpoint, TimeProvider time, IHttpClientFactory http, TokenLog log)
{
    /// <summary>Limit: bytes of a key set; fetching a larger one fails.</summary>
    private const int MaxBytes = 1024 * 1024;

    /// <summary>Limit: age at which a key set is fetched again.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    /// <summary>Limit: minimum time between two fetches of a key set, for any number of tokens with unknown key ids.</summary>
    private static readonly TimeSpan LeastInterval = TimeSpan.FromSeconds(10);

    /// <summary>Limit: time within which a key set must be fetched.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private volatile Snapshot? _snapshot;
    private Task<Snapshot?>? _fetch;
    private long _triedAt;
    private bool _hasFailed;

    /// <summary>Creates the handler of the factory's client, which follows no redirect: the target is not a trusted source of keys.</summary>
    public static HttpMessageHandler CreateHandler() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };

    /// <summary>Returns the keys with the id, or all keys if the token has no key id; null if they cannot be fetched and none are cached.</summary>
    public async ValueTask<IReadOnlyList<JsonWebKey>?> FindAsync(string? keyId, CancellationToken cancellationToken)
    {
        var snapshot = _snapshot;
        if (snapshot is null || IsDue(snapshot, keyId)) snapshot = await RefreshAsync(keyId).WaitAsync(cancellationToken).ConfigureAwait(false);
        return snapshot?.Find(keyId);
    }

    private bool IsDue(Snapshot snapshot, string? keyId) =>
        time.GetUtcNow() - snapshot.FetchedAt >= KeptFor || snapshot.Find(keyId).Length == 0;

    // Concurrent calls share one fetch.
    private Task<Snapshot?> RefreshAsync(string? keyId)
    {
        lock (_gate)
        {
            if (_fetch is { IsCompleted: false }) return _fetch;
            if (_snapshot is { } snapshot && !IsDue(snapshot, keyId)) return Task.FromResult<Snapshot?>(snapshot);
            // The outcome of the last attempt, even a failure, is reused for LeastInterval.
            if (_fetch is not null && time.GetElapsedTime(_triedAt) < LeastInterval) return _fetch;
            _triedAt = time.GetTimestamp();
            return _fetch = FetchOrKeepAsync();
        }
    }

    private async Task<Snapshot?> FetchOrKeepAsync()
    {
        try
        {
            var fetched = await FetchAsync().ConfigureAwait(false);
            if (_hasFailed) log.KeysReturned(endpoint);
            _hasFailed = false;
            return _snapshot = fetched;
        }
        catch (Exception exception)
        {
            // Every exception is handled, so that no response of the provider can reject tokens whose keys are cached.
            if (!_hasFailed) log.KeysFailed(endpoint, exception is OperationCanceledException ? $"the provider did not respond within {Timeout.TotalSeconds} s." : exception.Message);
            _hasFailed = true;
            return _snapshot;
        }
    }

    private async Task<Snapshot> FetchAsync()
    {
        using var limit = new CancellationTokenSource(Timeout, time);
        using var client = http.CreateClient(TokenVerifier.HttpClientName);
        using var response = await client.GetAsync(endpoint, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
        if (response.RequestMessage?.RequestUri is { } address && address != endpoint) throw new HttpRequestException("The response is from the target of a redirect.");
        response.EnsureSuccessStatusCode();
        await response.Content.LoadIntoBufferAsync(MaxBytes, limit.Token).ConfigureAwait(false);
        return new Snapshot(Read(await response.Content.ReadAsByteArrayAsync(limit.Token).ConfigureAwait(false)), time.GetUtcNow());
    }

    // RFC 7517 5: keys of unsupported types are ignored.
    private static JsonWebKey[] Read(ReadOnlyMemory<byte> json)
    {
        if (json.Span.StartsWith("\uFEFF"u8)) json = json["\uFEFF"u8.Length..];
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("keys", out var keys) || keys.ValueKind != JsonValueKind.Array)
            throw new JsonException("The response is not a key set.");
        return [.. keys.EnumerateArray().Select(ReadKey).OfType<JsonWebKey>()];
    }

    private static JsonWebKey? ReadKey(JsonElement json)
    {
        try
        {
            return JsonWebKey.Create(json.GetRawText());
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private sealed record Snapshot(JsonWebKey[] Keys, DateTimeOffset FetchedAt)
    {
        public JsonWebKey[] Find(string? keyId) =>
            string.IsNullOrEmpty(keyId) ? Keys : [.. Keys.Where(key => string.Equals(key.Kid, keyId, StringComparison.Ordinal))];
    }
}
