using Microsoft.Extensions.Diagnostics.HealthChecks;
using Showcase.Hosting;

namespace Showcase.Storage;

/// <summary>Registers the stores of the applications.</summary>
internal static class StoreServices
{
    /// <summary>Registers a store, and a health check that reads from its database.</summary>
    public static void AddStore<TStore>(this IServiceCollection services, string application, Func<IServiceProvider, TStore> create)
        where TStore : Store
    {
        services.AddSingleton(create);
        services.AddHealthChecks().AddCheck<StoreHealth<TStore>>(application, timeout: Health.Timeout);
    }

    private sealed class StoreHealth<TStore>(TStore store) : IHealthCheck
        where TStore : Store
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            using var turn = await store.Turns.TakeAsync(cancellationToken);
            store.Check();
            return HealthCheckResult.Healthy();
        }
    }
}
