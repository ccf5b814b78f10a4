using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Showcase.Hosting;

namespace Showcase.Storage;

/// <summary>Registers the stores of the applications.</summary>
internal static class StoreServices
{
    /// <summary>Registers a store, and a health check that reads from its database.</summary>
    /// <param name="services">The services.</param>
    /// <param name="application">The name of the application in the response of the health checks.</param>
    /// <param name="create">Creates the store by the options of the application.</param>
    public static void AddStore<TOptions, TStore>(this IServiceCollection services, string application, Func<TOptions, TStore> create)
        where TOptions : class
        where TStore : Store
    {
        services.AddSingleton(services => create(services.GetRequiredService<IOptions<TOptions>>().Value));
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
