using System.Text.Json.Serialization;
using Showcase.Applications;
using Showcase.Visitors;

namespace Showcase.Hosting;

/// <summary>Serves the numbers of the resources that the showcase holds for its visitors, which bench/abuse polls.</summary>
public static class FigureEndpoints
{
    /// <summary>Maps <c>/figures</c>: connections, parties (users and addresses with an allowance), names, and those of the applications.</summary>
    public static void MapFigures(this IEndpointRouteBuilder app, IReadOnlyList<IApplication> applications) => app.MapGet(
        "/figures",
        (VisitorLimits limits, NameRegister names, IServiceProvider services) => Results.Json(
            new Dictionary<string, int>(
            [
                new("connections", limits.Connections),
                new("parties", limits.Parties),
                new("names", names.Count),
                .. applications.SelectMany(application => application.FiguresOf(services)),
            ]),
            FigureJson.Default.DictionaryStringInt32));
}

/// <summary>The JSON serialization of the figures, generated at compile time.</summary>
[JsonSerializable(typeof(Dictionary<string, int>))]
internal sealed partial class FigureJson : JsonSerializerContext;
