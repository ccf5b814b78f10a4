using System.Diagnostics.CodeAnalysis;
using Duplex.AspNetCore.Api;
using Duplex.AspNetCore.Binding;
using Duplex.AspNetCore.Hosting;
using Duplex.AspNetCore.Streams;
using Duplex.Configuration;
using Duplex.Messaging;
using Duplex.Messaging.Application;
using Duplex.WebSockets.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps Duplex into an application.</summary>
public static class DuplexEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the endpoints that clients connect to, as <see cref="TransportOptions"/> has them: <c>/connection/websocket</c>,
    /// <c>/connection/http_stream</c>, <c>/connection/sse</c>, <c>/emulation</c> and the one-way ones. They are endpoints like
    /// all others: the prefix and the conventions of a route group apply to them.
    /// </summary>
    /// <param name="endpoints">The application, or a route group of it.</param>
    /// <param name="prefix">What all paths begin with; empty by default.</param>
    /// <returns>A builder for conventions of these endpoints and for the hub's handlers.</returns>
    /// <exception cref="InvalidOperationException">Duplex is not registered, or is mapped already: an application has one hub.</exception>
    public static DuplexEndpointConventionBuilder MapDuplex(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(prefix);
        var model = ModelOf(endpoints);
        var services = endpoints.ServiceProvider;
        services.GetRequiredService<HubMapping>().Take(prefix);
        var group = endpoints.MapGroup(prefix);
        if (services.GetService<HttpContextUser>() is not null) group.WithMetadata(new UpgradeOnKestrelAttribute());
        ClientEndpoints.Map(group);
        return new DuplexEndpointConventionBuilder(group, model, new HandlerBinder(services));
    }

    /// <summary>Maps the server API at <c>/api/{method}</c>. Nobody may call it until the options name a key.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="configure">Changes the options of this endpoint after the configuration section <c>Duplex:Api</c>; null leaves them.</param>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    /// <param name="prefix">Where; <c>/api</c> by default.</param>
    public static IEndpointConventionBuilder MapDuplexApi(this IEndpointRouteBuilder endpoints, Action<ApiOptions>? configure = null, string prefix = "/api")
    {
        ModelOf(endpoints);
        var services = endpoints.ServiceProvider;
        var options = services.GetRequiredService<IOptions<ApiOptions>>().Value.Copy();
        configure?.Invoke(options);
        var faults = new OptionFaults("");
        options.Check(faults);
        faults.ThrowIfAny();
        var time = services.GetRequiredService<TimeProvider>();
        var logger = services.GetRequiredService<ILogger<ApiEndpoints>>();
        var caller = new ApiCaller(services.GetRequiredService<IHub>(), logger, time);
        var bodies = new BodyReader(options.BodyTimeout, time, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        return new ApiEndpoints(caller, new ApiGate(options, PageHosts.Of(services)), options, bodies, new RequestRefusalLog(logger, time)).Map(endpoints, prefix);
    }

    private static ApplicationModel ModelOf(IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return endpoints.ServiceProvider.GetService<ApplicationModel>()
            ?? throw new InvalidOperationException("Duplex is not registered: call builder.Services.AddDuplex() first.");
    }
}
