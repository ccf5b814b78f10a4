using Duplex.AspNetCore.Hosting;
using Duplex.Messaging.Application;
using Showcase.Applications;
using Showcase.Exchange.Accounts;
using Showcase.Exchange.Rest;
using Showcase.Exchange.Simulation;
using Showcase.Exchange.Streams;
using Showcase.Hosting;

namespace Showcase.Exchange;

/// <summary>The exchange.</summary>
/// <param name="rate">The activity of the simulated market.</param>
/// <param name="seed">The seed of the simulated market.</param>
internal sealed class ExchangeApplication(MarketRate? rate, int? seed) : IApplication
{
    public void Add(DuplexBuilder duplex)
    {
        duplex.AddExchange(options => (options.Rate, options.Seed) = (rate ?? options.Rate, seed ?? options.Seed));
        duplex.Services.AddHostedService<MarketNews>();
    }

    public void Map(WebApplication app, DuplexEndpointConventionBuilder hub)
    {
        app.MapPage("/exchange/{symbol}", "exchange/index.html");
        app.MapGet("/exchange", () => Results.Redirect($"/exchange/{Listings.FirstSymbol}"));
        app.MapMarketStreams();
        app.MapPublicCalls();
        hub.MapExchange();
    }

    public IEnumerable<ServerSubscription> SubscriptionsOf(string user) => [DemoAccounts.ChannelOf(user)];

    public IEnumerable<KeyValuePair<string, int>> FiguresOf(IServiceProvider services) =>
        [new("accounts", services.GetRequiredService<ExchangeLoop>().AccountCount)];
}
