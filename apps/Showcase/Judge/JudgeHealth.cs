using Microsoft.Extensions.Diagnostics.HealthChecks;
using Showcase.Judge.Runs;

namespace Showcase.Judge;

/// <summary>Checks that the judge's database answers a query.</summary>
internal sealed class JudgeHealth(RunStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        store.Unfinished();
        return HealthCheckResult.Healthy();
    }
}
