using Showcase.Applications;
using Showcase.Board;
using Showcase.Chat;
using Showcase.Comets;
using Showcase.Exchange;
using Showcase.Hosting;
using Showcase.Judge;
using Showcase.Lab;
using Showcase.Lines;
using Showcase.News;
using Showcase.Pad;
using Showcase.Social;
using Showcase.Sports;
using Showcase.Stage;
using Showcase.Support;
using Showcase.Visitors;

namespace Showcase;

/// <summary>Composes the showcase's applications and pages.</summary>
public static class ShowcaseApp
{
    // The list of applications: a new one adds its folder and one line here.
    private static IReadOnlyList<IApplication> ApplicationsOf(ShowcaseOptions options, string data) =>
    [
        new ExchangeApplication(options.MarketRate, options.Seed),
        new ChatApplication(data),
        new LabApplication(),
        new JudgeApplication(data, options.Judge),
        new PadApplication(data),
        new CometsApplication(),
        new SupportApplication(data, options.SupportKey),
        new SportsApplication(options.SportsSpeed, options.Seed),
        new BoardApplication(data),
        new StageApplication(data),
        new SocialApplication(data),
        new NewsApplication(data, options.Feeds),
    ];

    /// <summary>Builds the showcase.</summary>
    /// <param name="options">The options of the command line.</param>
    /// <param name="configure">Configures the builder before the application is built; for tests.</param>
    public static WebApplication Build(ShowcaseOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = ShowcaseHost.CreateBuilder(options);
        var applications = ApplicationsOf(options, options.Data ?? Path.Combine(builder.Environment.ContentRootPath, "data"));
        builder.Services.AddSingleton<Announcements>();
        var duplex = builder.Services.AddDuplex(hub =>
            {
                hub.AllowAnonymous = true;
                hub.MaxRecoveryPublications = 2000;
                hub.MaxConnections = 10_000;

                // Above the visitors' own limits: beyond this rate, even rejecting each command would cost too much.
                hub.CommandRateLimit = 60;
            })
            .AddVisitors()
            .AddLines();
        foreach (var application in applications) application.Add(duplex);
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseMissingPage("missing/index.html");
        app.UsePages();
        app.MapHealth();
        app.MapFigures(applications);
        app.MapLines();
        app.MapPage("/", "index.html");
        app.MapDocuments("docs");
        var hub = app.MapDuplex();
        hub.MapVisitors(applications);
        hub.MapRename();
        hub.MapClock();
        hub.MapMessages(applications);
        foreach (var application in applications) application.Map(app, hub);
        return app;
    }
}
