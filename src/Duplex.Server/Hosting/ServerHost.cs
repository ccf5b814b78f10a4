using System.Net;
using System.Net.Sockets;
using Duplex.Server.CommandLine;
using Duplex.Server.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Duplex.Server.Hosting;

/// <summary>Runs the server that the settings describe.</summary>
internal static class ServerHost
{
    /// <summary>Returns when the server has stopped.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task RunAsync(ServerSettings settings, TextWriter output)
    {
        if (settings.Port == 0) settings.Port = FreePort();
        await using var app = Build(settings);
        await app.StartAsync().ConfigureAwait(false);
        await output.WriteLineAsync($"Duplex listens on {string.Join(" and ", app.Urls)}; clients connect to /connection/websocket.").ConfigureAwait(false);
        await output.FlushAsync().ConfigureAwait(false);
        await app.WaitForShutdownAsync().ConfigureAwait(false);
    }

    private static WebApplication Build(ServerSettings settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(settings.LogLevel);
        builder.Logging.AddFilter("Microsoft", settings.LogLevel > LogLevel.Warning ? settings.LogLevel : LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, settings));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = settings.ShutdownTimeout);

        // Without any namespace there would be no channel to try things out on.
        if (settings.Hub.IsInsecure) settings.Hub.Namespaces.TryAdd("", new Messaging.Channels.NamespaceOptions());
        builder.Services.AddSingleton(Options.Create(settings.Hub));
        builder.Services.AddSingleton(Options.Create(settings.Transport));
        var duplex = builder.Services.AddDuplex();
        builder.Services.AddSingleton<Messaging.Tokens.ITokenVerifier>(provider => new AspNetCore.Tokens.TokenVerifier(
            settings.ConnectionToken,
            settings.HasSubscriptionTokens ? settings.SubscriptionToken : null,
            provider.GetRequiredService<TimeProvider>(),
            new HttpClient()));

        var app = builder.Build();
        if (settings.HasHealth) app.MapGet("/health", static context => context.Response.WriteAsync("{}"));
        app.Use((context, next) => IsDisabled(context.Request.Path, settings) ? NotFound(context) : next(context));
        app.MapDuplex();
        if (settings.HasApi)
        {
            app.MapDuplexApi(api =>
            {
                api.Key = settings.Api.Key;
                api.IsInsecure = settings.Api.IsInsecure;
                api.UsesTransportErrors = settings.Api.UsesTransportErrors;
            });
        }

        return app;
    }

    private static bool IsDisabled(PathString path, ServerSettings settings) => settings.DisabledPaths.Contains(path.Value?.TrimEnd('/') ?? "");

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    // Loopback unless told otherwise: what is open to the world is opened on purpose.
    private static void Listen(KestrelServerOptions kestrel, ServerSettings settings)
    {
        if (settings.Address.Length == 0 || settings.Address == "localhost") kestrel.ListenLocalhost(settings.Port);
        else if (settings.Address == "*") kestrel.ListenAnyIP(settings.Port);
        else if (IPAddress.TryParse(settings.Address, out var address)) kestrel.Listen(address, settings.Port);
        else throw new UsageException($"http_server.address: an IP address, localhost or * is expected, not \"{settings.Address}\".");
    }

    // Two addresses cannot be asked for the same free port at once, so one of them is asked first.
    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
