namespace Showcase.Hosting;

/// <summary>Registers background services.</summary>
internal static class BackgroundServices
{
    /// <summary>Registers a background service that other services and calls use as well: they and the host have one instance.</summary>
    public static void AddBackground<TService>(this IServiceCollection services)
        where TService : class, IHostedService
    {
        services.AddSingleton<TService>();
        services.AddHostedService(static services => services.GetRequiredService<TService>());
    }
}
