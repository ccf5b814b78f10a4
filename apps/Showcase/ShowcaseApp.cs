using Showcase.Chat;
using Showcase.Exchange;
using Showcase.Hosting;
using Showcase.Visitors;

namespace Showcase;

/// <summary>The showcase's table of contents.</summary>
public static class ShowcaseApp
{
    /// <summary>Puts the applications together.</summary>
    /// <param name="options">The command line.</param>
    /// <param name="configure">Changes the builder before the application is built; for tests.</param>
    public static WebApplication Build(ShowcaseOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = ShowcaseHost.CreateBuilder(options);
        builder.Services.AddDuplex(hub =>
            {
                hub.AllowAnonymous = true;
                hub.MaxRecoveryPublications = 2000;
                hub.MaxConnections = 10_000;

                // Beyond what visitors are allowed, where refusing each command alone would still cost its handling.
                hub.CommandRateLimit = 60;
            })
            .AddVisitors()
            .AddExchange(exchange =>
            {
                exchange.Rate = options.MarketRate;
                exchange.Seed = options.Seed;
            })
            .AddChat(options.Data ?? Path.Combine(builder.Environment.ContentRootPath, "data"));
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseSecurityHeaders();
        app.UsePages();
        app.MapGet("/health", () => Results.Text("ok"));
        app.MapFigures();
        app.MapPage("/", "index.html");
        app.MapPage("/exchange/{symbol}", "exchange/index.html");
        app.MapGet("/exchange", () => Results.Redirect("/exchange/SOLUSDT"));
        app.MapPage("/chat/{room?}", "chat/index.html");
        var hub = app.MapDuplex();
        hub.MapVisitors();
        hub.MapClock();
        hub.MapExchange();
        hub.MapChat();
        return app;
    }
}
