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

/// <summary>Maps the endpoints of a hub.</summary>
public static class DuplexEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the client endpoints that <see cref="TransportOptions"/> enables: <c>/connection/websocket</c>,
    /// <c>/connection/http_stream</c>, <c>/connection/sse</c>, <c>/emulation</c> and those of one-way clients. The prefix and the
    /// conventions of a route group apply to them as to all endpoints.
    /// </summary>
    /// <param name="endpoints">The application, or one of its route groups.</param>
    /// <param name="prefix">The prefix of all paths; empty by default.</param>
    /// <returns>A builder of these endpoints' conventions and the hub's handlers.</returns>
    /// <exception cref="InvalidOperationException">Duplex is not registered, or is already mapped: an application has one hub.</exception>
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

    /// <summary>Maps the server API at <c>/api/{method}</c>. It refuses every call until the options set a key.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="configure">Changes the options that the configuration section <c>Duplex:Api</c> sets; null keeps them.</param>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    /// <param name="prefix">The prefix of the paths; <c>/api</c> by default.</param>
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
