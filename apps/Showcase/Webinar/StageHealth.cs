using Microsoft.Extensions.Diagnostics.HealthChecks;
using Showcase.Webinar.Shows;

namespace Showcase.Webinar;

/// <summary>Checks that the stages' database answers a query.</summary>
internal sealed class StageHealth(StageStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var turn = await store.Turns.TakeAsync(cancellationToken);
        store.Find("");
        return HealthCheckResult.Healthy();
    }
}
