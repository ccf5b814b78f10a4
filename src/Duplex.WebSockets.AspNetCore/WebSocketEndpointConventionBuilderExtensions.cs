using Duplex.WebSockets.Hosting;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Provides conventions for mapped WebSocket endpoints.</summary>
public static class WebSocketEndpointConventionBuilderExtensions
{
    /// <summary>Routes the endpoint's upgrades through Kestrel and all middleware even where event loops run.</summary>
    public static TBuilder UpgradeOnKestrel<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new UpgradeOnKestrelAttribute());
}
