using Duplex.EventLoop.Arrival;
using Duplex.EventLoop.Hosting;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Hosting;

/// <summary>Extension methods that enable event loops on a web host.</summary>
public static class EventLoopWebHostBuilderExtensions
{
    /// <summary>
    /// Serves WebSockets on event loops, on the ports that Kestrel listens on, where the system supports them. Kestrel serves
    /// all other requests, and every request where the system does not. The limits <c>MaxConcurrentConnections</c> and
    /// <c>MaxConcurrentUpgradedConnections</c> of Kestrel's options apply to the loops as well; the first is lowered to the
    /// number of connections that the limit of open files allows.
    /// </summary>
    /// <param name="builder">The web host.</param>
    /// <param name="configure">Changes the options after the configuration section <c>Duplex:EventLoops</c> is applied; null leaves them unchanged.</param>
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

            // Code overrides configuration.
            var options = services.AddOptions<EventLoopOptions>().ValidateOnStart();
            if (configure is not null) options.Configure(configure);
            // Applies without loops, too: the runtime ends a process that runs out of descriptors.
            services.PostConfigure<KestrelServerOptions>(static kestrel =>
            {
                if (ConnectionBudget.OfOpenFiles() is { } room && room < (kestrel.Limits.MaxConcurrentConnections ?? long.MaxValue))
                    kestrel.Limits.MaxConcurrentConnections = room;
            });
            services.TryAddSingleton<HostFilter>();
            services.TryAddSingleton<IUpgradeRouter, EndpointUpgradeRouter>();
            // Kestrel tries the last registered factory first.
            services.AddSingleton<IConnectionListenerFactory, BoundedTransport>();
            services.AddSingleton<IConnectionListenerFactory, EventLoopTransport>();
        });
    }
}
