using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Showcase.Hosting;

/// <summary>Serves the health of the process and of every application that registered a health check.</summary>
public static class Health
{
    /// <summary>The time in which a health check must complete.</summary>
    public static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(2);

    /// <summary>Maps <c>/health</c>: 200 with "ok", or 503 with the names of the applications that failed.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app) => app.MapHealthChecks("/health", new HealthCheckOptions
    {
        ResponseWriter = static (context, report) => context.Response.WriteAsync(TextOf(report), context.RequestAborted),
    });

    private static string TextOf(HealthReport report) => report.Status == HealthStatus.Healthy
        ? "ok"
        : $"failed: {string.Join(", ", report.Entries.Where(static entry => entry.Value.Status != HealthStatus.Healthy).Select(static entry => entry.Key))}";
}
