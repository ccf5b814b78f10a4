using Showcase.Exchange;
using Showcase.Visitors;

namespace Showcase.Hosting;

/// <summary>Serves the figures, which bench/abuse polls.</summary>
public static class FigureEndpoints
{
    /// <summary>Maps <c>/figures</c>.</summary>
    public static void MapFigures(this IEndpointRouteBuilder app) => app.MapGet(
        "/figures",
        static (VisitorLimits limits, NameRegister names, ExchangeLoop exchange) => Results.Json(
            new Figures(limits.Connections, limits.Parties, names.Count, exchange.AccountCount), FigureJson.Default.Figures));
}
