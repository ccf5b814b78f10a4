using Duplex.AspNetCore.Hosting;
using Showcase.Applications;
using Showcase.Hosting;

namespace Showcase.Support;

/// <summary>The helpdesk.</summary>
/// <param name="folder">The folder of the database.</param>
/// <param name="key">The key that agents need; null when anybody may be one.</param>
internal sealed class SupportApplication(string folder, string? key) : IApplication
{
    public void Add(DuplexBuilder duplex) => duplex.AddSupport(folder, key);

    public void Map(WebApplication app, DuplexEndpointConventionBuilder hub)
    {
        app.MapPage("/support", "support/index.html");
        app.MapPage("/support/desk", "support/index.html");
        hub.MapSupport();
    }
}
