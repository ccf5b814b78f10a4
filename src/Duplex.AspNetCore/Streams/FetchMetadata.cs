using Microsoft.AspNetCore.Http;

namespace Duplex.AspNetCore.Streams;

/// <summary>
/// Evaluates the <c>Sec-Fetch</c> fields of a request (W3C Fetch Metadata), which browsers set and pages cannot forge.
/// Programs do not send them.
/// </summary>
internal static class FetchMetadata
{
    private const string Site = "Sec-Fetch-Site";
    private const string Mode = "Sec-Fetch-Mode";

    /// <summary>Returns whether a page of another site caused the request. Browsers omit the Origin field of GET requests that need none.</summary>
    public static bool IsOfAnotherSite(HttpRequest request) => request.Headers[Site].ToString() is "cross-site" or "same-site";

    /// <summary>Returns whether the request is a navigation, or loads a resource such as an image or a script. A client's script sends neither.</summary>
    public static bool IsNoScript(HttpRequest request) => request.Headers[Mode].ToString() is "navigate" or "nested-navigate" or "no-cors";
}
