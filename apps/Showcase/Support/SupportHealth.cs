using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Showcase.Support;

/// <summary>Checks that the helpdesk's database answers a query.</summary>
internal sealed class SupportHealth(CaseStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var turn = await store.Turns.TakeAsync(cancellationToken);
        store.Messages.Latest("");
        return HealthCheckResult.Healthy();
    }
}
