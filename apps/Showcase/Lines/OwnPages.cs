namespace Showcase.Lines;

/// <summary>Admits pages of the own host, whatever their port: each line has a port of its own.</summary>
internal static class OwnPages
{
    /// <summary>Allows a page of the own host to read the response, which nothing stores.</summary>
    public static void Allow(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        var origin = context.Request.Headers.Origin.ToString();
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var page) || !page.Host.Equals(HostOf(context.Request), StringComparison.OrdinalIgnoreCase)) return;
        headers.AccessControlAllowOrigin = origin;
        headers.Vary = "Origin";
    }

    private static string HostOf(HttpRequest request) => new HostString(request.Headers.Host.ToString()).Host;
}
