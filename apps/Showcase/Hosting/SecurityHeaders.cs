using System.Net;
using Microsoft.Net.Http.Headers;
using Showcase.Lines;

namespace Showcase.Hosting;

/// <summary>
/// Security header fields: they forbid foreign scripts, framing and content-type sniffing. Data has none of them, because
/// browsers neither render JSON and event streams as pages nor guess their type, and a policy of 250 bytes would multiply
/// the cost of a small response.
/// </summary>
public static class SecurityHeaders
{
    private static readonly string[] DataTypes = ["application/json", "text/event-stream"];

    private static readonly string Policy = With("'self'");

    // A page on this machine may connect through a line, which has a port of its own.
    private static readonly string LocalhostPolicy = With("'self' http://localhost:* ws://localhost:*");
    private static readonly string LoopbackPolicy = With("'self' http://127.0.0.1:* ws://127.0.0.1:*");

    /// <summary>Adds the header fields to every response but data; <c>Cross-Origin-Opener-Policy</c> on trustworthy origins only.</summary>
    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        context.Response.OnStarting(AddAsync, context);
        return next(context);
    });

    // The type of a response is known when it starts.
    private static Task AddAsync(object state)
    {
        var context = (HttpContext)state;
        if (IsData(context.Response)) return Task.CompletedTask;
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = PolicyFor(HostOf(context.Request));
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        if (IsTrustworthy(context.Request)) headers["Cross-Origin-Opener-Policy"] = "same-origin";
        return Task.CompletedTask;
    }

    // MIME Sniffing, section 7: browsers guess the type of other responses only. An upgrade and a 204 have no body.
    private static bool IsData(HttpResponse response) =>
        response.StatusCode is StatusCodes.Status101SwitchingProtocols or StatusCodes.Status204NoContent
        || (MediaTypeHeaderValue.TryParse(response.ContentType, out var type) && DataTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase));

    // Secure Contexts, section 3.1: browsers ignore the field on other origins and report an error in their console.
    private static bool IsTrustworthy(HttpRequest request)
    {
        if (request.IsHttps) return true;
        var host = HostOf(request);
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
    }

    // Not HttpRequest.Host, which throws for names that are not valid Punycode.
    private static string HostOf(HttpRequest request) => new HostString(request.Headers.Host.ToString()).Host;

    private static string PolicyFor(string host) =>
        !LoopbackNames.Contains(host) ? Policy
        : host.StartsWith('1') ? LoopbackPolicy
        : LocalhostPolicy;

    // Inline styles are allowed because the chart library adds its own; inline scripts are not.
    private static string With(string connections) =>
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + $"connect-src {connections}; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
}
