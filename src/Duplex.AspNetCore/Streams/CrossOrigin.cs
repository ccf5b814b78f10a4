using Duplex.WebSockets.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Duplex.AspNetCore.Streams;

/// <summary>Lets pages of allowed origins use the HTTP endpoints, credentials included.</summary>
internal sealed class CrossOrigin(WebSocketConnectionOptions options)
{
    private const string PreflightSeconds = "300";

    /// <summary>Checks the origin and writes the answer's headers; false has answered with 403.</summary>
    public bool Allow(HttpContext context)
    {
        var origin = context.Request.Headers.Origin;
        if (origin.Count == 0) return true;
        if (!UpgradePolicy.AllowsOrigin(options, origin, context.Request.Host.Value ?? ""))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return false;
        }

        context.Response.Headers.AccessControlAllowOrigin = origin;
        context.Response.Headers.AccessControlAllowCredentials = "true";
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        return true;
    }

    /// <summary>Answers a preflight request.</summary>
    public Task AnswerPreflight(HttpContext context)
    {
        if (!Allow(context)) return Task.CompletedTask;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.Headers.AccessControlMaxAge = PreflightSeconds;
        context.Response.Headers.AccessControlAllowMethods = "GET, POST, OPTIONS";
        var asked = context.Request.Headers.AccessControlRequestHeaders;
        if (asked.Count > 0) context.Response.Headers.AccessControlAllowHeaders = asked;
        return Task.CompletedTask;
    }
}
