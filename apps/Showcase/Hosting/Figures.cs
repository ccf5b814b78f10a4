using System.Text.Json;
using System.Text.Json.Serialization;
using Showcase.Exchange;
using Showcase.Visitors;

namespace Showcase.Hosting;

/// <summary>How much the showcase holds for its visitors.</summary>
/// <param name="Connections">Visitors' connections.</param>
/// <param name="Parties">People and addresses whose allowances are kept.</param>
/// <param name="Names">Names that are held.</param>
/// <param name="Accounts">Demo accounts.</param>
public sealed record Figures(int Connections, int Parties, int Names, int Accounts);

/// <summary>Serves the figures, which bench/abuse watches.</summary>
public static class FigureEndpoints
{
    /// <summary>Maps <c>/figures</c>.</summary>
    public static void MapFigures(this IEndpointRouteBuilder app) => app.MapGet(
        "/figures",
        static (VisitorLimits limits, NameRegister names, ExchangeLoop exchange) => Results.Json(
            new Figures(limits.Connections, limits.Parties, names.Count, exchange.AccountCount), FigureJson.Default.Figures));
}

/// <summary>The JSON of the figures, generated at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Figures))]
internal sealed partial class FigureJson : JsonSerializerContext;
