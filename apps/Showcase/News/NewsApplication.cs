using Duplex.AspNetCore.Hosting;
using Showcase.Applications;
using Showcase.Hosting;

namespace Showcase.News;

/// <summary>The news wire.</summary>
/// <param name="folder">The folder of the database.</param>
/// <param name="feeds">The file with the addresses of the feeds; null for none.</param>
internal sealed class NewsApplication(string folder, string? feeds) : IApplication
{
    public void Add(DuplexBuilder duplex) => duplex.AddNews(folder, feeds);

    public void Map(WebApplication app, DuplexEndpointConventionBuilder hub)
    {
        app.MapPage("/news", "news/index.html");
        app.MapAtom();
        hub.MapNews();
    }
}
