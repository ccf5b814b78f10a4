using Duplex.Server.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Duplex.Server.Hosting;

/// <summary>Restricts endpoints for the backend to the internal port.</summary>
internal static class InternalPort
{
    /// <summary>Responds 404 on every port except the internal one, if there is one. The port is that of the connection, which a Host header cannot forge.</summary>
    public static void OnInternalPort(this IEndpointConventionBuilder endpoint, ServerSettings settings)
    {
        if (settings.InternalPort is not { } port) return;
        endpoint.Add(builder =>
        {
            var answer = builder.RequestDelegate!;
            builder.RequestDelegate = context =>
            {
                if (context.Connection.LocalPort == port) return answer(context);
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            };
        });
    }
}
