using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Showcase.Chat;

/// <summary>Checks that the chat's database answers a query.</summary>
internal sealed class ChatHealth(ChatStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var turn = await store.Turns.TakeAsync(cancellationToken);
        store.Markers.Of("", "");
        return HealthCheckResult.Healthy();
    }
}
