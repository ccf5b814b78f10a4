using Duplex.AspNetCore.Hosting;
using Showcase.Applications;
using Showcase.Hosting;

namespace Showcase.Comets;

/// <summary>A real-time game: ships among comets, whose motion the server decides.</summary>
internal sealed class CometsApplication : IApplication
{
    public void Add(DuplexBuilder duplex) => duplex.AddComets();

    public void Map(WebApplication app, DuplexEndpointConventionBuilder hub)
    {
        app.MapPage("/game/{room?}", "game/index.html");
        hub.MapComets();
    }

    public IEnumerable<KeyValuePair<string, MessageReceiver>> ReceiversOf(IServiceProvider services)
    {
        var game = services.GetRequiredService<Game>();
        return [new("g", (client, content) => game.Receive(client, content.Span))];
    }

    public IEnumerable<KeyValuePair<string, int>> FiguresOf(IServiceProvider services) =>
        [new("pilots", services.GetRequiredService<Game>().Pilots)];
}
