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

    /// <summary>Starts, says where, and runs until it is stopped.</summary>
    public static async Task<int> RunShowcaseAsync(this WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (IOException exception)
        {
            await Console.Error.WriteLineAsync($"{exception.Message} Choose another port with --port N.");
            return 1;
        }

        Console.WriteLine($"Duplex showcase: {Address(app)}");
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static string Address(WebApplication app)
    {
        // Both loopback addresses are one name to a person.
        var first = new Uri(app.Urls.First());
        return first.IsLoopback ? $"{first.Scheme}://localhost:{first.Port}" : app.Urls.First();
    }
}
