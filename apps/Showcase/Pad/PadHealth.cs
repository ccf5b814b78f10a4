using Microsoft.Extensions.Diagnostics.HealthChecks;
using Showcase.Pad.Documents;

namespace Showcase.Pad;

/// <summary>Checks that the documents' database answers a query.</summary>
internal sealed class PadHealth(DocumentStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var turn = await store.Turns.TakeAsync(cancellationToken);
        store.Base(Welcome.Id);
        return HealthCheckResult.Healthy();
    }
}
