using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Showcase.News.Feeds;

/// <summary>Requests feeds, with bounds of size, time and redirects.</summary>
internal sealed class FeedClient : IDisposable
{
    private const int MaxBytes = 2 << 20, MaxRedirects = 5, MaxValidator = 1000;
    private const string Accepted = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.8";

    // A target of a redirect is not the operator's choice, so it must not reach into the operator's network.
    private static readonly HttpRequestOptionsKey<bool> IsRedirected = new("redirected");

    private readonly HttpClient _client;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;

    public FeedClient(IOptions<NewsOptions> options, TimeProvider time)
    {
        (_timeout, _time) = (options.Value.FetchTimeout, time);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            UseCookies = false,
            ConnectCallback = ConnectAsync,

            // The checked address is the one of the request: neither a proxy nor a connection of an earlier request replaces it.
            UseProxy = false,
            PooledConnectionLifetime = TimeSpan.Zero,
        };
        _client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "Duplex-Wire/0.1 (news reader of the Duplex showcase)");
        _client.DefaultRequestHeaders.TryAddWithoutValidation("Accept", Accepted);
    }

    /// <summary>Requests a feed unless it has not changed since an earlier response.</summary>
    /// <exception cref="FeedException">The feed cannot be had.</exception>
    public async Task<FeedResponse> GetAsync(Uri address, string? etag, string? modified, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await FollowAsync(address, etag, modified, either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FeedException($"The server did not send the feed within {_timeout.TotalSeconds:0} s.", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException)
        {
            throw exception.InnerException as FeedException ?? new FeedException("The server cannot be reached, or its response is broken.", exception);
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<FeedResponse> FollowAsync(Uri address, string? etag, string? modified, CancellationToken cancellationToken)
    {
        for (var redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Options.Set(IsRedirected, redirects > 0);
            if (etag is not null) request.Headers.TryAddWithoutValidation("If-None-Match", etag);
            if (modified is not null) request.Headers.TryAddWithoutValidation("If-Modified-Since", modified);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var maxAge = response.Headers.CacheControl?.MaxAge;
            switch (response.StatusCode)
            {
                case HttpStatusCode.OK:
                    var body = await ReadAsync(response.Content, cancellationToken);
                    return new(body, Validator(response.Headers, "ETag"), Validator(response.Content.Headers, "Last-Modified"), maxAge);
                case HttpStatusCode.NotModified:
                    return new(null, etag, modified, maxAge);
                case HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect:
                    address = TargetOf(response, address);
                    break;
                default:
                    throw new FeedException($"The server responded with status {(int)response.StatusCode}.") { RetryAfter = RetryAfter(response) };
            }
        }

        throw new FeedException($"The server redirects more than {MaxRedirects} times.");
    }

    private static Uri TargetOf(HttpResponseMessage response, Uri address) =>
        response.Headers.Location is { } location && Uri.TryCreate(address, location, out var target) && target.Scheme is "http" or "https" ? target
            : throw new FeedException("The server redirects to an address that is not of the web.");

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter is not { } after ? null : after.Delta ?? after.Date - _time.GetUtcNow();

    private static string? Validator(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) && values.ToString() is { Length: <= MaxValidator } value ? value : null;

    private static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = new byte[16 << 10];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (body.Length + read > MaxBytes) throw new FeedException($"The feed is larger than {MaxBytes >> 20} MiB.");
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    // The name is resolved once, and the socket connects to the address that was checked.
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        var isRedirected = context.InitialRequestMessage.Options.TryGetValue(IsRedirected, out var redirected) && redirected;
        if (isRedirected && !addresses.All(PublicAddress.Is)) throw new FeedException("The server redirects into a private network.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
