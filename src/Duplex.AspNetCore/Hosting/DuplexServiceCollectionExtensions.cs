using System.Diagnostics.Metrics;
using Duplex.AspNetCore.Hosting;
using Duplex.Messaging;
using Duplex.Messaging.Application;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Presence;
using Duplex.Messaging.Tokens;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers Duplex.</summary>
public static class DuplexServiceCollectionExtensions
{
    /// <summary>Registers the hub. A further call configures the same hub.</summary>
    public static DuplexBuilder AddDuplex(this IServiceCollection services, Action<HubOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionSections.AddHub(services);
        if (configure is not null) services.Configure(configure);
        services.AddOptions<HubOptions>().PostConfigure<IServiceProvider>(static (hub, provider) => hub.EnableDetailedErrors ??= provider.GetService<IHostEnvironment>()?.IsDevelopment() == true);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(static provider => new ApplicationModel(provider.GetRequiredService<IServiceScopeFactory>()));
        services.TryAddSingleton<HubMapping>();
        services.TryAddSingleton<IBroker>(static provider => new MemoryBroker(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IMapBroker>(static provider => new MemoryMapBroker(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IPresenceStore>(static provider => new MemoryPresenceStore(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(CreateHub);
        services.TryAddSingleton<IHub>(static provider => provider.GetRequiredService<Hub>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, HubLifetime>());
        return new DuplexBuilder(services);
    }

    private static Hub CreateHub(IServiceProvider provider) => new(
        provider.GetRequiredService<IOptions<HubOptions>>().Value,
        provider.GetRequiredService<ApplicationModel>(),
        provider.GetRequiredService<IBroker>(),
        provider.GetRequiredService<IPresenceStore>(),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<Hub>>(),
        provider.GetService<ITokenVerifier>(),
        provider.GetService<IMeterFactory>(),
        provider.GetRequiredService<IMapBroker>());
}
