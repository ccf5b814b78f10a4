using System.Net;

namespace Showcase.Hosting;

/// <summary>Security header fields: they forbid foreign scripts, framing and content-type sniffing.</summary>
public static class SecurityHeaders
{
    // Inline styles are allowed because the chart library adds its own; inline scripts are not.
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Adds the header fields to every response; <c>Cross-Origin-Opener-Policy</c> on trustworthy origins only.</summary>
    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        if (IsTrustworthy(context.Request)) headers["Cross-Origin-Opener-Policy"] = "same-origin";
        return next(context);
    });

    // Secure Contexts, section 3.1: browsers ignore the field on other origins and report an error in their console.
    private static bool IsTrustworthy(HttpRequest request)
    {
        if (request.IsHttps) return true;

        // Not HttpRequest.Host, which throws for names that are not valid Punycode.
        var host = new HostString(request.Headers.Host.ToString()).Host;
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
    }
}
