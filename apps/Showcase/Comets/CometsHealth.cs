using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Showcase.Comets;

/// <summary>Checks that the loop of the game simulates.</summary>
internal sealed class CometsHealth(CometsLoop loop) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var turn = loop.NextTurn;
        loop.Wake();
        await turn.WaitAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
