using Showcase.Chat;
using Showcase.Exchange;
using Showcase.Hosting;
using Showcase.Visitors;

namespace Showcase;

/// <summary>Composes the showcase's applications and pages.</summary>
public static class ShowcaseApp
{
    /// <summary>Builds the showcase.</summary>
    /// <param name="options">The options of the command line.</param>
    /// <param name="configure">Configures the builder before the application is built; for tests.</param>
    public static WebApplication Build(ShowcaseOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = ShowcaseHost.CreateBuilder(options);
        builder.Services.AddDuplex(hub =>
            {
                hub.AllowAnonymous = true;
                hub.MaxRecoveryPublications = 2000;
                hub.MaxConnections = 10_000;

                // Above the visitors' own limits: beyond this rate, even rejecting each command would cost too much.
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
