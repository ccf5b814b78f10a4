using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.WebSockets.AspNetCore;

/// <summary>
/// Decides about origins by the CORS policy of an endpoint (<c>RequireCors</c>). The middleware writes headers and leaves
/// the rest to browsers, which read them for answers only: a WebSocket and a request that acts need a decision here.
/// </summary>
internal static class CorsOrigin
{
    /// <summary>Whether the endpoint has a CORS policy that allows the request's origin.</summary>
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
        return policy is not null
            && context.RequestServices.GetRequiredService<ICorsService>().EvaluatePolicy(context, policy).IsOriginAllowed;
    }
}
