using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Showcase.Hosting;

/// <summary>Configures the process's endpoints, logging and shutdown.</summary>
public static class ShowcaseHost
{
    // Clients are disconnected within this time; the process exits within five seconds.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(4);

    /// <summary>Creates the builder. It listens on loopback unless the options contain addresses, and logs from Warning up.</summary>
    public static WebApplicationBuilder CreateBuilder(ShowcaseOptions options)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = options.ContentRoot });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        // A failed start is reported in one sentence, without the host's stack trace.
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

    /// <summary>Builds and starts the application, prints its address, and runs until it is stopped.</summary>
    /// <returns>The exit code: 0, or 1 when the start failed, with one sentence on standard error.</returns>
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
            if (app is null) return 1;

            // Services that have started are stopped: the host logs the cancellation of those that are only disposed as their fault.
            await app.StopAsync();
            await app.DisposeAsync();
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
        // One host name covers both loopback addresses.
        var first = new Uri(app.Urls.First());
        return first.IsLoopback ? $"{first.Scheme}://localhost:{first.Port}" : app.Urls.First();
    }
}
