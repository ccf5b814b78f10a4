using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Showcase.Hosting;

/// <summary>How the process listens, logs and stops.</summary>
public static class ShowcaseHost
{
    // Clients are told to leave within this time; the process is gone within five seconds.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(4);

    /// <summary>Makes the builder: loopback unless told otherwise, and no word on the console but warnings.</summary>
    public static WebApplicationBuilder CreateBuilder(ShowcaseOptions options)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = options.ContentRoot });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        // Why the start failed is one sentence of the program's own, without the host's trace.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.WebHost.UseDuplexEventLoops();
        if (options.Urls is not null) builder.WebHost.UseUrls(options.Urls);
        else builder.WebHost.ConfigureKestrel(kestrel =>
        {
            if (options.Port == 0) kestrel.Listen(IPAddress.Loopback, 0);
            else kestrel.ListenLocalhost(options.Port);
        });
        return builder;
    }

    /// <summary>Builds the application, starts it, prints its address, and runs until it is stopped.</summary>
    /// <returns>The exit code: 1 when it could not be started, with one sentence on the standard error.</returns>
    public static async Task<int> RunShowcaseAsync(Func<WebApplication> build)
    {
        WebApplication? app = null;
        try
        {
            app = build();
            await app.StartAsync();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            await Console.Error.WriteLineAsync(StartFault.Sentence(exception));
            if (app is not null) await app.DisposeAsync();
            return 1;
        }

        await using (app)
        {
            Console.WriteLine($"Duplex showcase: {Address(app)}");
            await app.WaitForShutdownAsync();
        }

        return 0;
    }

    private static string Address(WebApplication app)
    {
        // Both loopback addresses are one name to a person.
        var first = new Uri(app.Urls.First());
        return first.IsLoopback ? $"{first.Scheme}://localhost:{first.Port}" : app.Urls.First();
    }
}
