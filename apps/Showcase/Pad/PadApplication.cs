using Duplex.AspNetCore.Hosting;
using Showcase.Applications;
using Showcase.Hosting;

namespace Showcase.Pad;

/// <summary>Documents that several people edit at once.</summary>
/// <param name="folder">The folder of the database.</param>
internal sealed class PadApplication(string folder) : IApplication
{
    public void Add(DuplexBuilder duplex) => duplex.AddPad(folder);

    public void Map(WebApplication app, DuplexEndpointConventionBuilder hub)
    {
        app.MapPage("/pad/{doc?}", "pad/index.html");
        app.MapPadTexts();
        hub.MapPad();
    }
}
