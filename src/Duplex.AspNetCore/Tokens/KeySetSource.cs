using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Duplex.AspNetCore.Tokens;

/// <summary>
/// The keys an identity provider publishes. They are kept for an hour; a token with a key id that is not among them
/// has them fetched again, at most once in ten seconds, so that strangers cannot make us flood the provider. Known keys
/// stay good whatever a later attempt ends with.
/// </summary>
internal sealed class KeySetSource(Uri endpoint, TimeProvider time, IHttpClientFactory http, TokenLog log)
{
    /// <summary>Limit: bytes of a key set; a larger one is a failed fetch.</summary>
    private const int MaxBytes = 1024 * 1024;

    /// <summary>Limit: age at which a key set is fetched again.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    /// <summary>Limit: time between two fetches of a key set, however many tokens name unknown keys.</summary>
    private static readonly TimeSpan LeastInterval = TimeSpan.FromSeconds(10);

    /// <summary>Limit: time for fetching a key set.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private volatile Snapshot? _snapshot;
    private Task<Snapshot?>? _fetch;
    private long _triedAt;
    private bool _hasFailed;

    /// <summary>The handler of the factory's client: a redirection would fetch keys from an address that nobody trusts.</summary>
    public static HttpMessageHandler CreateHandler() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };

    /// <summary>The keys with this id; all keys when the token names none; null when they cannot be fetched and none are known.</summary>
    public async ValueTask<IReadOnlyList<JsonWebKey>?> FindAsync(string? keyId, CancellationToken cancellationToken)
    {
        var snapshot = _snapshot;
        if (snapshot is null || IsDue(snapshot, keyId)) snapshot = await RefreshAsync(keyId).WaitAsync(cancellationToken).ConfigureAwait(false);
        return snapshot?.Find(keyId);
    }

    private bool IsDue(Snapshot snapshot, string? keyId) =>
        time.GetUtcNow() - snapshot.FetchedAt >= KeptFor || snapshot.Find(keyId).Length == 0;

    // All who ask at once wait for one fetch.
    private Task<Snapshot?> RefreshAsync(string? keyId)
    {
        lock (_gate)
        {
            if (_fetch is { IsCompleted: false }) return _fetch;
            if (_snapshot is { } snapshot && !IsDue(snapshot, keyId)) return Task.FromResult<Snapshot?>(snapshot);
            // The outcome of the last attempt, failure included, stands for a while.
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
            // Whatever it was: what an outsider answers must not turn away those whose keys are known.
            if (!_hasFailed) log.KeysFailed(endpoint, exception is OperationCanceledException ? $"no answer within {Timeout.TotalSeconds} s." : exception.Message);
            _hasFailed = true;
            return _snapshot;
        }
    }

    private async Task<Snapshot> FetchAsync()
    {
        using var limit = new CancellationTokenSource(Timeout, time);
        using var client = http.CreateClient(TokenVerifier.HttpClientName);
        using var response = await client.GetAsync(endpoint, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
        if (response.RequestMessage?.RequestUri is { } asked && asked != endpoint) throw new HttpRequestException("The answer is a redirection's.");
        response.EnsureSuccessStatusCode();
        await response.Content.LoadIntoBufferAsync(MaxBytes, limit.Token).ConfigureAwait(false);
        return new Snapshot(Read(await response.Content.ReadAsByteArrayAsync(limit.Token).ConfigureAwait(false)), time.GetUtcNow());
    }

    // RFC 7517 5: keys that are not understood are ignored.
    private static JsonWebKey[] Read(ReadOnlyMemory<byte> json)
    {
        if (json.Span.StartsWith("\uFEFF"u8)) json = json["\uFEFF"u8.Length..];
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("keys", out var keys) || keys.ValueKind != JsonValueKind.Array)
            throw new JsonException("The answer is not a key set.");
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
