using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.WebSockets.AspNetCore;

/// <summary>
/// Checks origins against the CORS policy of an endpoint (<c>RequireCors</c>). The CORS middleware only writes response
/// headers, which browsers enforce for responses; a WebSocket or a request with side effects needs a check on the server.
/// </summary>
internal static class CorsOrigin
{
    /// <summary>Returns whether the endpoint has a CORS policy that allows the request's origin.</summary>
    public static async ValueTask<bool> AllowsAsync(HttpContext context)
    {
        if (context.Request.Headers.Origin.Count == 0) return false;
        var metadata = context.GetEndpoint()?.Metadata.GetMetadata<ICorsMetadata>();
        var policy = metadata switch
        {
            ICorsPolicyMetadata own => own.Policy,
            IEnableCorsAttribute named => await context.RequestServices.GetRequiredService<ICorsPolicyProvider>()
                .GetPolicyAsync(context, named.PolicyName).ConfigureAwait(false),
            _ => null,
        };
        // Browsers send cookies whatever the policy is. A policy for every origin never allows credentials (Fetch standard,
        // section 3.2.5), so it does not admit a page that would act as its visitor.
        if (policy is null || (policy.AllowAnyOrigin && context.User.Identity?.IsAuthenticated == true)) return false;
        return context.RequestServices.GetRequiredService<ICorsService>().EvaluatePolicy(context, policy).IsOriginAllowed;
    }
}
