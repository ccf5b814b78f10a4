using System.Diagnostics.CodeAnalysis;
using Duplex.WebSockets.AspNetCore;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps WebSocket endpoints, which serve HTTP/1.1 and HTTP/2, on Kestrel and on event loops.</summary>
public static class WebSocketEndpointRouteBuilderExtensions
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Connect];

    /// <summary>
    /// Maps an endpoint that handles messages as they arrive: <c>app.MapWebSocket("/echo", static (connection, message) =>
    /// connection.Send(message))</c>.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The route.</param>
    /// <param name="handler">The handler of each message. It runs on the connection's shard and must not block.</param>
    /// <param name="options">
    /// The options; null uses those that the application registers, which the section <c>Duplex:WebSockets</c> sets after
    /// <c>AddDuplex</c>.
    /// </param>
    public static IEndpointConventionBuilder MapWebSocket(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, MessageHandler handler, WebSocketConnectionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(handler);
        return endpoints.MapWebSocket(pattern, new MessageEndpoint(handler, options ?? DefaultsOf(endpoints)));
    }

    /// <summary>
    /// Maps an endpoint that runs a task for each connection, in which a slow reader delays its peer only:
    /// <c>app.MapWebSocket("/feed", async connection => { await foreach (var message in connection.ReadAllAsync()) ...
    /// })</c>.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The route.</param>
    /// <param name="run">The task of a connection. It runs on the thread pool, and the connection is closed when it ends.</param>
    /// <param name="options">
    /// The options; null uses those that the application registers, which the section <c>Duplex:WebSockets</c> sets after
    /// <c>AddDuplex</c>.
    /// </param>
    public static IEndpointConventionBuilder MapWebSocket(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, Func<AsyncConnection, Task> run, WebSocketConnectionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(run);
        var logger = WebSocketHost.Of(endpoints.ServiceProvider).Logger;
        return endpoints.MapWebSocket(pattern, new AsyncEndpoint(run, options ?? DefaultsOf(endpoints), logger));
    }

    /// <summary>
    /// Maps an endpoint that creates a handler for each connection and resolves its constructor parameters from the
    /// container.
    /// </summary>
    /// <typeparam name="THandler">The type of the handler.</typeparam>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The route.</param>
    /// <param name="options">
    /// The options; null uses those that the application registers, which the section <c>Duplex:WebSockets</c> sets after
    /// <c>AddDuplex</c>.
    /// </param>
    public static IEndpointConventionBuilder MapWebSocket<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, WebSocketConnectionOptions? options = null)
        where THandler : class, IWebSocketHandler
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return endpoints.MapWebSocket(pattern, new HandlerEndpoint<THandler>(endpoints.ServiceProvider, options ?? DefaultsOf(endpoints)));
    }

    /// <summary>Maps an endpoint that selects the connections to accept and the handler of each.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The route.</param>
    /// <param name="endpoint">The endpoint, which all of its connections share.</param>
    /// <exception cref="ArgumentException">A value of the endpoint's options is out of its range.</exception>
    public static IEndpointConventionBuilder MapWebSocket(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, WebSocketEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(endpoint);
        endpoint.Options.Validate();
        var acceptor = new WebSocketAcceptor(WebSocketHost.Of(endpoints.ServiceProvider), endpoint);
        // An event loop finds the endpoint by this metadata.
        return endpoints.MapMethods(pattern, Methods, acceptor.AcceptAsync).WithMetadata(endpoint);
    }

    private static WebSocketConnectionOptions DefaultsOf(IEndpointRouteBuilder endpoints) =>
        endpoints.ServiceProvider.GetService<IOptions<WebSocketConnectionOptions>>()?.Value ?? WebSocketConnectionOptions.Default;
}
