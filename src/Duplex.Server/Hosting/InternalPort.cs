using Duplex.Server.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Duplex.Server.Hosting;

/// <summary>Keeps endpoints for the backend away from the port that clients know.</summary>
internal static class InternalPort
{
    /// <summary>Answers 404 on all ports but the internal one, where there is one. The port is the connection's: a Host field cannot forge it.</summary>
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
