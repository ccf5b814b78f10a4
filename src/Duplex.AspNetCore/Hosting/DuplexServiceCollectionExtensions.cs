using Duplex.AspNetCore.Hosting;
using Duplex.Messaging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers Duplex.</summary>
public static class DuplexServiceCollectionExtensions
{
    /// <summary>Registers the hub. Calling it again adds to the same hub.</summary>
    public static DuplexBuilder AddDuplex(this IServiceCollection services, Action<HubOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var builder = services.AddOptions<HubOptions>();
        if (configure is not null) builder.Configure(configure);
        return new DuplexBuilder(services);
    }
}
