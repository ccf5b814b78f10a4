using Duplex.Protocol.Extensions;
using Duplex.WebSockets.Client;

namespace Showcase.Lab.Report;

/// <summary>
/// The header fields that a client adds to its requests: those that Chromium 156 adds to the requests of a page to its own
/// origin, or none beyond what HTTP/1.1 and RFC 6455 require.
/// </summary>
internal sealed class HeaderFields
{
    private const string Agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";

    private static readonly (string Name, string Value)[] Always =
    [
        ("User-Agent", Agent),
        ("Accept-Encoding", "gzip, deflate, br, zstd"),
        ("Accept-Language", "en-US,en;q=0.9"),
    ];

    private static readonly (string Name, string Value)[] OfFetch =
    [
        ("Connection", "keep-alive"),
        ("sec-ch-ua-platform", "\"Linux\""),
        ("sec-ch-ua", "\"Not:A-Brand\";v=\"8\", \"Chromium\";v=\"156\""),
        ("sec-ch-ua-mobile", "?0"),
        ("Sec-Fetch-Site", "same-origin"),
        ("Sec-Fetch-Mode", "cors"),
        ("Sec-Fetch-Dest", "empty"),
    ];

    private static readonly (string Name, string Value)[] OfNewStream = [("Pragma", "no-cache"), ("Cache-Control", "no-cache")];

    private readonly bool _isBrowser;

    private HeaderFields(bool isBrowser) => _isBrowser = isBrowser;

    public static HeaderFields Browser { get; } = new(isBrowser: true);

    public static HeaderFields Fewest { get; } = new(isBrowser: false);

    /// <summary>Creates a client for requests to an origin.</summary>
    public HttpClient ClientFor(Uri origin)
    {
        // No field for tracing is added, and no proxy of the environment is used.
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, ActivityHeadersPropagator = null }) { BaseAddress = origin };
        if (!_isBrowser) return client;
        foreach (var (name, value) in (IEnumerable<(string, string)>)[.. Always, .. OfFetch]) client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        return client;
    }

    /// <summary>Creates a request for events or for a stream of them.</summary>
    public HttpRequestMessage Request(string path, bool isStream = false)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (!_isBrowser) return request;
        request.Headers.TryAddWithoutValidation("Accept", isStream ? "text/event-stream" : "*/*");
        if (!isStream) return request;
        foreach (var (name, value) in OfNewStream) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    /// <summary>Returns the options of a WebSocket to an origin. Browsers offer compression and send no pings.</summary>
    public WebSocketClientOptions SocketFor(Uri origin)
    {
        var options = WebSocketClientOptions.Default with { PingInterval = null, PongTimeout = null };
        return !_isBrowser ? options : options with
        {
            Compression = new DeflateOptions(),
            Headers = new Dictionary<string, string>(
                [.. ((IEnumerable<(string Name, string Value)>)[.. Always, .. OfNewStream, ("Origin", origin.GetLeftPart(UriPartial.Authority))])
                    .Select(static field => new KeyValuePair<string, string>(field.Name, field.Value))]),
        };
    }
}
