using Duplex.AspNetCore.Hosting;
using Duplex.AspNetCore.Streams;
using Duplex.Messaging.Codes;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Duplex.AspNetCore.Api;

/// <summary>
/// Decides who may call the server API. Without a key only the network keeps strangers away, and a web page that
/// somebody opens inside of it is a stranger too: what a page can send without being asked (a POST of a form's or of plain
/// text, or one of its own origin under a name that was bound to this server) is refused.
/// </summary>
internal sealed class ApiGate(ApiOptions options, PageHosts hosts)
{
    private static readonly ApiRefusal WrongMethod = new(StatusCodes.Status405MethodNotAllowed, ApiRefusal.Bad("methods are called with POST"));
    private static readonly ApiRefusal NoKey = new(StatusCodes.Status401Unauthorized, ClientErrors.Unauthorized with { Message = "unauthorized: the API key is missing or wrong" });
    private static readonly ApiRefusal Page = new(StatusCodes.Status403Forbidden, Denied("without a key the API takes no requests of web pages"));
    private static readonly ApiRefusal Host = new(StatusCodes.Status403Forbidden, Denied("without a key the API answers at literal addresses and localhost only, or at AllowedHosts"));
    private static readonly ApiRefusal Type = new(StatusCodes.Status415UnsupportedMediaType, ApiRefusal.Bad("without a key the API takes Content-Type application/json only"));

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

    // None of these is a type that a page may send to another origin without a preflight request.
    private static bool IsJson(string? type) => MediaTypeHeaderValue.TryParse(type, out var media)
        && (media.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || media.MediaType.Equals("application/x-ndjson", StringComparison.OrdinalIgnoreCase));

    private static ClientError Denied(string reason) => ClientErrors.PermissionDenied with { Message = $"{ClientErrors.PermissionDenied.Message}: {reason}" };
}
