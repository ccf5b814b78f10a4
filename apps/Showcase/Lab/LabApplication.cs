using Duplex.AspNetCore.Hosting;
using Showcase.Applications;
using Showcase.Hosting;

namespace Showcase.Lab;

/// <summary>The laboratory: the same events by six ways of transport.</summary>
internal sealed class LabApplication : IApplication
{
    public void Add(DuplexBuilder duplex) => duplex.AddLab();

    public void Map(WebApplication app, DuplexEndpointConventionBuilder hub)
    {
        app.MapPage("/lab", "lab/index.html");
        app.MapLabTransports();
        app.MapLabProbes();
        hub.MapLab();
    }

    public IEnumerable<KeyValuePair<string, int>> FiguresOf(IServiceProvider services) =>
        [new("labRuns", services.GetRequiredService<LabRuns>().Count)];
}
