using System.Buffers;
using Duplex.AspNetCore.Hosting;
using Duplex.AspNetCore.Sockets;
using Duplex.Execution;
using Duplex.WebSockets.AspNetCore;
using Duplex.WebSockets.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Duplex.AspNetCore.Streams;

/// <summary>
/// Authorizes requests of web pages to the HTTP endpoints. Browsers always send an Origin field with POST, so its absence
/// shows that the request is not from a page; for GET, <see cref="FetchMetadata"/> is evaluated. Programs send neither and are
/// allowed.
/// </summary>
/// <param name="options">The options with the allowed origins.</param>
/// <param name="hosts">Validates the Host field of requests from pages; null allows any, because clients are authenticated.</param>
/// <param name="log">Logs refusals.</param>
internal sealed class CrossOrigin(WebSocketConnectionOptions options, PageHosts? hosts, RequestRefusalLog log)
{
    private const string AnyOrigin = "*";
    private const string PreflightSeconds = "300";

    // RFC 9110 5.6.2: the characters of a token, and the comma and space that separate tokens.
    private static readonly SearchValues<char> HeaderNamesList = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz, ");

    private readonly bool _allowsAny = options.AllowedOrigins.Contains(AnyOrigin);

    private readonly bool _hasOwnPages = OwnPages.AreIn([.. options.AllowedOrigins]);

    // The explicit origins, without the asterisk, or the server's own.
    private readonly WebSocketConnectionOptions _chosen = options with { AllowedOrigins = [.. options.AllowedOrigins.Where(static origin => origin != AnyOrigin)] };

    /// <summary>Validates the origin of the request and sets the response headers; returns false after setting the status 403.</summary>
    public async ValueTask<bool> AllowAsync(HttpContext context)
    {
        // The CORS middleware sets the headers.
        if (await CorsOrigin.AllowsAsync(context).ConfigureAwait(false)) return true;

        var request = context.Request;
        var origin = request.Headers.Origin;
        // Not HttpRequest.Host, which throws for names that are not valid Punycode.
        var host = request.Headers.Host.ToString();
        var isChosen = origin.Count > 0 && UpgradePolicy.AllowsOrigin(_chosen, origin, host);
        if (Fault(request, origin, host, isChosen) is { } fault)
        {
            log.Refused("A client request", context, StatusCodes.Status403Forbidden, fault);
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return false;
        }

        if (origin.Count == 0) return true;
        var headers = context.Response.Headers;
        headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        if (!isChosen)
        {
            // Every page may send requests, but it cannot read responses to requests with credentials.
            headers.AccessControlAllowOrigin = AnyOrigin;
            return true;
        }

        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlAllowCredentials = "true";
        return true;
    }

    /// <summary>Responds to a preflight request.</summary>
    public async Task AnswerPreflightAsync(HttpContext context)
    {
        if (!await AllowAsync(context).ConfigureAwait(false)) return;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.Headers.AccessControlMaxAge = PreflightSeconds;
        context.Response.Headers.AccessControlAllowMethods = "GET, POST, OPTIONS";
        var requested = context.Request.Headers.AccessControlRequestHeaders.ToString();
        if (requested.Length > 0 && !requested.AsSpan().ContainsAnyExcept(HeaderNamesList)) context.Response.Headers.AccessControlAllowHeaders = requested;
    }

    private string? Fault(HttpRequest request, StringValues origin, string host, bool isChosen)
    {
        var isGet = HttpMethods.IsGet(request.Method);
        if (origin.Count > 0 && !isChosen && !_allowsAny) return $"Origin {LogText.Of(origin)} is neither that of host {LogText.Of(host)} nor in AllowedOrigins.";
        if (origin.Count == 0 && FetchMetadata.IsOfAnotherSite(request)) return "A page of another site sent the request, without an Origin field.";
        if (isGet && FetchMetadata.IsNoScript(request)) return "The request is a navigation or an embedded resource; clients send it from a script.";

        // A page that this host served has the host's origin; a GET from such a page has no Origin field.
        var mayBeOwnPage = origin.Count > 0 ? _hasOwnPages : isGet;
        return mayBeOwnPage && hosts?.Accept(host) == false
            ? $"The server is insecure, and Host {LogText.Of(host)} is neither a literal address nor localhost: set AllowedHosts."
            : null;
    }
}
