using Duplex.AspNetCore.Hosting;
using Showcase.Applications;
using Showcase.Hosting;

namespace Showcase.Board;

/// <summary>The watch board.</summary>
/// <param name="folder">The folder of the database.</param>
internal sealed class BoardApplication(string folder) : IApplication
{
    public void Add(DuplexBuilder duplex) => duplex.AddBoard(folder);

    public void Map(WebApplication app, DuplexEndpointConventionBuilder hub)
    {
        app.MapPage("/board", "board/index.html");
        hub.MapBoard();
    }
}
