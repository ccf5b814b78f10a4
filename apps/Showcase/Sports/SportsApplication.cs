using Duplex.AspNetCore.Hosting;
using Showcase.Applications;
using Showcase.Hosting;

namespace Showcase.Sports;

/// <summary>Live matches with goals, reviews and statistics.</summary>
/// <param name="speed">The speed of the simulated matches.</param>
/// <param name="seed">The seed of the simulated matches.</param>
internal sealed class SportsApplication(int? speed, int? seed) : IApplication
{
    public void Add(DuplexBuilder duplex) => duplex.AddSports(options => (options.Speed, options.Seed) = (speed ?? options.Speed, seed ?? options.Seed));

    public void Map(WebApplication app, DuplexEndpointConventionBuilder hub)
    {
        app.MapPage("/sports/{match?}", "sports/index.html");
        hub.MapSports();
    }
}
