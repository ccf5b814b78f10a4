using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Showcase.Exchange;

/// <summary>Checks that the exchange executes a command.</summary>
internal sealed class ExchangeHealth(ExchangeLoop exchange) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await exchange.RunAsync(static (_, _) => true).WaitAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
