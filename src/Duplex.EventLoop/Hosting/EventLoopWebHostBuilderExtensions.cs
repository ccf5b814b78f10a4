using Duplex.EventLoop.Arrival;
using Duplex.EventLoop.Hosting;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

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
    /// <param name="configure">Changes the options, or null for the defaults.</param>
    public static IWebHostBuilder UseDuplexEventLoops(this IWebHostBuilder builder, Action<EventLoopOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ConfigureServices(services =>
        {
            if (configure is not null) services.Configure(configure);
            services.AddOptions<EventLoopOptions>()
                .Validate(static options => options.Loops is >= 1 and <= EventLoopOptions.MaxLoops, $"EventLoopOptions.Loops must be from 1 to {EventLoopOptions.MaxLoops}.")
                .Validate(
                    static options => options.HeadTimeout > TimeSpan.Zero && options.HeadTimeout <= EventLoopOptions.MaxHeadTimeout,
                    $"EventLoopOptions.HeadTimeout must be above zero and at most {EventLoopOptions.MaxHeadTimeout.TotalHours} hours.")
                .Validate(static options => Enum.IsDefined(options.BackEnd), "EventLoopOptions.BackEnd must be one of its values.")
                .Validate(static options => options.Takes is not null, "EventLoopOptions.Takes must not be null.")
                .ValidateOnStart();
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
