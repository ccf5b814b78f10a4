using Microsoft.Extensions.Diagnostics.HealthChecks;
using Showcase.Board.Watching;

namespace Showcase.Board;

/// <summary>Checks that the database of the lists and alerts answers a query.</summary>
internal sealed class BoardHealth(WatchStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var turn = await store.Turns.TakeAsync(cancellationToken);
        store.ListsOf("");
        return HealthCheckResult.Healthy();
    }
}
