using Duplex.AspNetCore.Hosting;
using Showcase.Hosting;

namespace Showcase.Exchange.Streams;

/// <summary>Registers and maps the market streams, which docs/protocol/binance.md describes.</summary>
internal static class StreamMapping
{
    /// <summary>Registers the streams and their limits.</summary>
    public static DuplexBuilder AddMarketStreams(this DuplexBuilder duplex)
    {
        duplex.Services.AddSection<StreamOptions>("ExchangeStreams");
        duplex.Services.AddSingleton<ExchangeStreams>().AddSingleton<StreamEndpoint>();
        return duplex;
    }

    /// <summary>Maps <c>/ws</c>, <c>/ws/{streams}</c> and <c>/stream</c>.</summary>
    public static void MapMarketStreams(this WebApplication app)
    {
        var endpoint = app.Services.GetRequiredService<StreamEndpoint>();
        app.MapWebSocket("/ws/{**streams}", endpoint);
        app.MapWebSocket("/stream/{**streams}", endpoint);
    }
}
