using Duplex.AspNetCore.Hosting;
using Duplex.AspNetCore.Streams;
using Duplex.Messaging.Codes;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Duplex.AspNetCore.Api;

/// <summary>
/// Authorizes requests to the server API. Without a key only the network protects the API, and a web page that a user
/// opens inside that network is as untrusted as one outside. Requests that a page can send without a preflight request (a
/// POST of a form or of plain text, or one from its own origin after DNS rebinding) are refused.
/// </summary>
internal sealed class ApiGate(ApiOptions options, PageHosts hosts)
{
    private static readonly ApiRefusal WrongMethod = new(StatusCodes.Status405MethodNotAllowed, ApiRefusal.Bad("methods are called with POST"));
    private static readonly ApiRefusal NoKey = new(StatusCodes.Status401Unauthorized, ClientErrors.Unauthorized with { Message = "unauthorized: the API key is missing or wrong" });
    private static readonly ApiRefusal Page = new(StatusCodes.Status403Forbidden, Denied("without a key the API accepts no requests from web pages"));
    private static readonly ApiRefusal Host = new(StatusCodes.Status403Forbidden, Denied("without a key the Host field must be a literal address, localhost or one of AllowedHosts"));
    private static readonly ApiRefusal Type = new(StatusCodes.Status415UnsupportedMediaType, ApiRefusal.Bad("without a key the API accepts Content-Type application/json only"));

    public ApiRefusal? Refuse(HttpRequest request) =>
        !HttpMethods.IsPost(request.Method) ? WrongMethod
        : options.IsInsecure ? RefuseWithoutKey(request)
        : ApiKey.IsAccepted(request, options) ? null
        : NoKey;

    private ApiRefusal? RefuseWithoutKey(HttpRequest request) =>
        request.Headers.Origin.Count > 0 || FetchMetadata.IsOfAnotherSite(request) ? Page
        : !hosts.Accept(request.Headers.Host.ToString()) ? Host
        : !IsJson(request.ContentType) ? Type
        : null;

    // A page cannot send these types to another origin without a preflight request.
    private static bool IsJson(string? type) => MediaTypeHeaderValue.TryParse(type, out var media)
        && (media.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || media.MediaType.Equals("application/x-ndjson", StringComparison.OrdinalIgnoreCase));

    private static ClientError Denied(string reason) => ClientErrors.PermissionDenied with { Message = $"{ClientErrors.PermissionDenied.Message}: {reason}" };
}
