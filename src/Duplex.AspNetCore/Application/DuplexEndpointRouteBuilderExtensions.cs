using System.Diagnostics.CodeAnalysis;
using Duplex.AspNetCore.Api;
using Duplex.AspNetCore.Application;
using Duplex.AspNetCore.Binding;
using Duplex.AspNetCore.Hosting;
using Duplex.AspNetCore.Streams;
using Duplex.Messaging;
using Duplex.Messaging.Application;
using Duplex.Messaging.Polling;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps Duplex into an application.</summary>
public static class DuplexEndpointRouteBuilderExtensions
{
    /// <summary>Maps the client endpoints that <see cref="TransportOptions"/> has: <c>/connection/websocket</c>, <c>/connection/http_stream</c>, <c>/connection/sse</c>, <c>/emulation</c> and the one-way ones.</summary>
    public static ClientsBuilder MapDuplex(this IEndpointRouteBuilder endpoints)
    {
        var model = ModelOf(endpoints);
        ClientEndpoints.Map(endpoints);
        return new ClientsBuilder(model, new HandlerBinder(endpoints.ServiceProvider));
    }

    /// <summary>Maps the server API at <c>/api/{method}</c>. Nobody may call it until the options name a key.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="configure">Sets the key and how errors are answered.</param>
    /// <param name="prefix">Where; <c>/api</c> by default.</param>
    public static IEndpointConventionBuilder MapDuplexApi(this IEndpointRouteBuilder endpoints, Action<ApiOptions> configure, string prefix = "/api")
    {
        ArgumentNullException.ThrowIfNull(configure);
        ModelOf(endpoints);
        var options = new ApiOptions();
        configure(options);
        options.Validate();
        var services = endpoints.ServiceProvider;
        var time = services.GetRequiredService<TimeProvider>();
        var logger = services.GetRequiredService<ILogger<ApiEndpoints>>();
        var caller = new ApiCaller(services.GetRequiredService<IHub>(), logger, time);
        var bodies = new BodyReader(options.BodyTimeout, time, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        return new ApiEndpoints(caller, new ApiGate(options, PageHosts.Of(services)), options, bodies, new RequestRefusalLog(logger, time)).Map(endpoints, prefix);
    }

    /// <summary>Maps handlers to the channels of a pattern such as <c>chat:{room}</c>; the first mapped pattern that fits counts.</summary>
    public static ChannelBuilder MapChannel(this IEndpointRouteBuilder endpoints, string pattern) =>
        new(ModelOf(endpoints).AddChannel(pattern), new HandlerBinder(endpoints.ServiceProvider));

    /// <summary>
    /// Maps the handler that answers for the keys clients track in the channels of a pattern, whose namespace is of the
    /// type SharedPoll. Further handlers of these channels hang on the result.
    /// </summary>
    public static ChannelBuilder MapSharedPoll(this IEndpointRouteBuilder endpoints, string pattern, PollHandler handler) =>
        endpoints.MapChannel(pattern).OnPoll(handler);

    /// <summary>
    /// Maps a method that clients call. Its parameters are bound as in <see cref="ChannelBuilder"/>; what it returns
    /// is the reply's data, and <see cref="Duplex.Messaging.Errors.ClientException"/> the reply's error.
    /// </summary>
    [RequiresUnreferencedCode(HandlerBinder.TrimWarning), RequiresDynamicCode(HandlerBinder.TrimWarning)]
    public static IEndpointRouteBuilder MapRpc(this IEndpointRouteBuilder endpoints, string method, Delegate handler)
    {
        var model = ModelOf(endpoints);
        model.AddCall(method, new HandlerBinder(endpoints.ServiceProvider).Bind(handler, HandlerKind.Call));
        return endpoints;
    }

    /// <summary>Maps a method that clients call, without reflection: for applications that are compiled ahead of time.</summary>
    /// <typeparam name="TRequest">What the call's data is read as.</typeparam>
    /// <typeparam name="TResult">The reply's data.</typeparam>
    public static IEndpointRouteBuilder MapRpc<TRequest, TResult>(
        this IEndpointRouteBuilder endpoints, string method, Func<TRequest, HandlerContext, ValueTask<TResult>> handler)
    {
        var model = ModelOf(endpoints);
        model.AddCall(method, new HandlerBinder(endpoints.ServiceProvider).Bind(handler, HandlerKind.Call));
        return endpoints;
    }

    /// <summary>Maps a method that clients call; its result is bytes, or null for no data.</summary>
    public static IEndpointRouteBuilder MapRpc(this IEndpointRouteBuilder endpoints, string method, Handler handler)
    {
        ModelOf(endpoints).AddCall(method, handler);
        return endpoints;
    }

    private static ApplicationModel ModelOf(IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return endpoints.ServiceProvider.GetService<ApplicationModel>()
            ?? throw new InvalidOperationException("Duplex is not registered: call builder.Services.AddDuplex() first.");
    }
}
