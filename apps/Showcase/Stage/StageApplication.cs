using Duplex.AspNetCore.Hosting;
using Showcase.Applications;
using Showcase.Hosting;

namespace Showcase.Stage;

/// <summary>Webinars: the engine carries picture and sound, the hub everything else.</summary>
/// <param name="folder">The folder of the database.</param>
internal sealed class StageApplication(string folder) : IApplication
{
    public void Add(DuplexBuilder duplex) => duplex.AddStages(folder);

    public void Map(WebApplication app, DuplexEndpointConventionBuilder hub)
    {
        app.MapPage("/webinar/{stage?}", "webinar/index.html");
        app.MapStageMedia();
        hub.MapStages();
    }
}
