using Duplex.AspNetCore.Hosting;
using Showcase.Applications;
using Showcase.Hosting;

namespace Showcase.Social;

/// <summary>The square: short posts, and what others do with them.</summary>
/// <param name="folder">The folder of the database.</param>
internal sealed class SocialApplication(string folder) : IApplication
{
    public void Add(DuplexBuilder duplex) => duplex.AddSocial(folder);

    public void Map(WebApplication app, DuplexEndpointConventionBuilder hub)
    {
        app.MapPage("/social", "social/index.html");
        app.MapPage("/social/post/{id}", "social/index.html");
        app.MapPage("/social/{user}", "social/index.html");
        hub.MapSocial();
    }
}
