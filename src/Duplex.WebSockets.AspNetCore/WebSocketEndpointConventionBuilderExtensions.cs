using Duplex.WebSockets.Hosting;

namespace Microsoft.AspNetCore.Builder;

/// <summary>What may be said of a mapped WebSocket endpoint.</summary>
public static class WebSocketEndpointConventionBuilderExtensions
{
    /// <summary>Lets the endpoint's upgrades pass through Kestrel and all middleware even where event loops run.</summary>
    public static TBuilder UpgradeOnKestrel<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new UpgradeOnKestrelAttribute());
}
