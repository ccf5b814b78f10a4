using Duplex.EventLoop.Arrival;
using Duplex.EventLoop.Hosting;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Hosting;

/// <summary>Switches event loops on.</summary>
public static class EventLoopWebHostBuilderExtensions
{
    /// <summary>
    /// Serves WebSockets on event loops, on the ports that Kestrel listens on, wherever the system allows;
    /// everything else, and everything where it does not, stays Kestrel's. <c>Limits.MaxConcurrentConnections</c> and
    /// <c>MaxConcurrentUpgradedConnections</c> of Kestrel's options hold on the loops as well, the first at most as many as
    /// the limit of open files leaves room for.
    /// </summary>
    /// <param name="builder">The web host.</param>
    /// <param name="configure">Changes the options after the configuration section <c>Duplex:EventLoops</c>; null leaves them.</param>
    public static IWebHostBuilder UseDuplexEventLoops(this IWebHostBuilder builder, Action<EventLoopOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ConfigureServices(services =>
        {
            if (!services.Any(static service => service.ServiceType == typeof(EventLoopConfiguration)))
            {
                services.AddSingleton<EventLoopConfiguration>();
                services.AddSingleton<IConfigureOptions<EventLoopOptions>>(static provider => provider.GetRequiredService<EventLoopConfiguration>());
                services.AddSingleton<IValidateOptions<EventLoopOptions>>(static provider => provider.GetRequiredService<EventLoopConfiguration>());
            }

            // Code counts over configuration.
            var options = services.AddOptions<EventLoopOptions>().ValidateOnStart();
            if (configure is not null) options.Configure(configure);
            // Before descriptors run out, and where no loops run: a process without any is ended by its runtime.
            services.PostConfigure<KestrelServerOptions>(static kestrel =>
            {
                if (ConnectionBudget.OfOpenFiles() is { } room && room < (kestrel.Limits.MaxConcurrentConnections ?? long.MaxValue))
                    kestrel.Limits.MaxConcurrentConnections = room;
            });
            services.TryAddSingleton<HostFilter>();
            services.TryAddSingleton<IUpgradeRouter, EndpointUpgradeRouter>();
            // Kestrel asks the last one registered first.
            services.AddSingleton<IConnectionListenerFactory, BoundedTransport>();
            services.AddSingleton<IConnectionListenerFactory, EventLoopTransport>();
        });
    }
}
