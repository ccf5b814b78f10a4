using System.Diagnostics.CodeAnalysis;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.WebSockets.AspNetCore;

/// <summary>
/// Represents an endpoint that creates a handler for each connection and resolves its constructor parameters from the
/// container.
/// </summary>
internal sealed class HandlerEndpoint<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
    IServiceProvider services, WebSocketConnectionOptions options) : WebSocketEndpoint
    where THandler : class, IWebSocketHandler
{
    private readonly ObjectFactory<THandler> _make = ActivatorUtilities.CreateFactory<THandler>([]);

    public override WebSocketConnectionOptions Options => options;

    public override IWebSocketHandler Accept(in UpgradeContext context) => _make(services, []);
}
