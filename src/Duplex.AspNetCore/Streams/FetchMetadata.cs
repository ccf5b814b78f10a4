using Microsoft.AspNetCore.Http;

namespace Duplex.AspNetCore.Streams;

/// <summary>
/// What a browser says of a request in the <c>Sec-Fetch</c> fields (W3C Fetch Metadata), which pages cannot forge.
/// Programs do not send them.
/// </summary>
internal static class FetchMetadata
{
    private const string Site = "Sec-Fetch-Site";
    private const string Mode = "Sec-Fetch-Mode";

    /// <summary>Whether a page of another site caused the request: a browser leaves out the Origin field of a GET that needs none.</summary>
    public static bool IsOfAnotherSite(HttpRequest request) => request.Headers[Site].ToString() is "cross-site" or "same-site";

    /// <summary>Whether the request opens a page, or loads an image, a script or the like: a client's script does neither.</summary>
    public static bool IsNoScript(HttpRequest request) => request.Headers[Mode].ToString() is "navigate" or "nested-navigate" or "no-cors";
}
