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
/// Decides which web pages may use the HTTP endpoints. No Origin field means that no page asks only where browsers
/// always send one, with POST; for GET the <see cref="FetchMetadata"/> decides. Programs send neither and pass.
/// </summary>
/// <param name="options">The origins.</param>
/// <param name="hosts">Under which names pages may reach the server; null: any, because who connects is authenticated.</param>
/// <param name="log">Logs refusals.</param>
internal sealed class CrossOrigin(WebSocketConnectionOptions options, PageHosts? hosts, RequestRefusalLog log)
{
    private const string AnyOrigin = "*";
    private const string PreflightSeconds = "300";

    // RFC 9110 5.6.2, with what stands between the names of a list.
    private static readonly SearchValues<char> HeaderNamesList = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz, ");

    private readonly bool _allowsAny = options.AllowedOrigins.Contains(AnyOrigin);

    private readonly bool _hasOwnPages = OwnPages.AreIn([.. options.AllowedOrigins]);

    // Without the asterisk: the origins that were chosen, or the server's own.
    private readonly WebSocketConnectionOptions _chosen = options with { AllowedOrigins = [.. options.AllowedOrigins.Where(static origin => origin != AnyOrigin)] };

    /// <summary>Checks where the request comes from and writes the answer's headers; false has answered with 403.</summary>
    public async ValueTask<bool> AllowAsync(HttpContext context)
    {
        // The middleware writes the headers.
        if (await CorsOrigin.AllowsAsync(context).ConfigureAwait(false)) return true;

        var request = context.Request;
        var origin = request.Headers.Origin;
        // Not HttpRequest.Host, which throws for names that are no punycode.
        var host = request.Headers.Host.ToString();
        var isChosen = origin.Count > 0 && UpgradePolicy.AllowsOrigin(_chosen, origin, host);
        if (Fault(request, origin, host, isChosen) is { } fault)
        {
            log.Refused("A request of a client", context, StatusCodes.Status403Forbidden, fault);
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return false;
        }

        if (origin.Count == 0) return true;
        var headers = context.Response.Headers;
        headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        if (!isChosen)
        {
            // Every page may ask, but none in the name of a user whom only a cookie names.
            headers.AccessControlAllowOrigin = AnyOrigin;
            return true;
        }

        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlAllowCredentials = "true";
        return true;
    }

    /// <summary>Answers a preflight request.</summary>
    public async Task AnswerPreflightAsync(HttpContext context)
    {
        if (!await AllowAsync(context).ConfigureAwait(false)) return;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.Headers.AccessControlMaxAge = PreflightSeconds;
        context.Response.Headers.AccessControlAllowMethods = "GET, POST, OPTIONS";
        var asked = context.Request.Headers.AccessControlRequestHeaders.ToString();
        if (asked.Length > 0 && !asked.AsSpan().ContainsAnyExcept(HeaderNamesList)) context.Response.Headers.AccessControlAllowHeaders = asked;
    }

    private string? Fault(HttpRequest request, StringValues origin, string host, bool isChosen)
    {
        var isGet = HttpMethods.IsGet(request.Method);
        if (origin.Count > 0 && !isChosen && !_allowsAny) return $"Origin {LogText.Of(origin)} is neither that of host {LogText.Of(host)} nor in AllowedOrigins.";
        if (origin.Count == 0 && FetchMetadata.IsOfAnotherSite(request)) return "A page of another site caused it, without an Origin field.";
        if (isGet && FetchMetadata.IsNoScript(request)) return "A browser navigates to it or embeds it; clients fetch it with a script.";

        // A page of the host's own name is a page of its own origin; a GET of such a page has no Origin field.
        var mayBeOwnPage = origin.Count > 0 ? _hasOwnPages : isGet;
        return mayBeOwnPage && hosts?.Accept(host) == false
            ? $"The server is insecure, and Host {LogText.Of(host)} is neither a literal address nor localhost: set AllowedHosts."
            : null;
    }
}
