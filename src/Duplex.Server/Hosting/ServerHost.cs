using System.Text;
using Duplex.AspNetCore.Tokens;
using Duplex.Messaging.Application;
using Duplex.Messaging.Tokens;
using Duplex.Server.CommandLine;
using Duplex.Server.Configuration;
using Duplex.Server.Proxies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Duplex.Server.Hosting;

/// <summary>Builds and runs the server from its settings.</summary>
internal static class ServerHost
{
    /// <summary>Limit: bytes of a backend's response; a request with a longer response fails.</summary>
    private const int MaxAnswerBytes = 1024 * 1024;

    // Long enough to reuse connections, short enough to follow a backend whose address changes.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    // Below the 5 s after which Node closes idle connections: no request uses a connection that is about to close, and a
    // spare connection does not keep a backend from stopping.
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(4);

    /// <summary>Builds the server without listening, to validate its settings.</summary>
    /// <exception cref="UsageException">Options contradict each other.</exception>
    public static async Task CheckAsync(ServerSettings settings)
    {
        await Build(settings, static () => false).DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Runs the server; the task completes when it has stopped.</summary>
    /// <exception cref="UsageException">Options contradict each other.</exception>
    /// <exception cref="IOException">The server cannot start, for example because it cannot listen.</exception>
    public static async Task RunAsync(ServerSettings settings, TextWriter output)
    {
        var isStarted = false;
        var app = Build(settings, () => isStarted);
        try
        {
            await app.StartAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw new IOException(SentenceOf(exception, settings), exception);
        }

        isStarted = true;
        await output.WriteLineAsync($"Duplex listens on {string.Join(" and ", app.Urls)}; clients connect to {settings.Transport.WebSocket.Path}.").ConfigureAwait(false);
        await output.FlushAsync().ConfigureAwait(false);
        await ServerStop.RunAsync(app, settings.ShutdownTimeout).ConfigureAwait(false);
    }

    // A back end that is not available surfaces as a failure to bind.
    private static string SentenceOf(Exception exception, ServerSettings settings)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is PlatformNotSupportedException) return $"http_server.event_loops: {inner.Message}";
        }

        return Listeners.FaultOf(settings) ?? exception.Message.ReplaceLineEndings(" ");
    }

    // The constructors of hub and endpoints detect faults that SettingsCheck does not.
    private static WebApplication Build(ServerSettings settings, Func<bool> isStarted)
    {
        try
        {
            return Make(settings, isStarted);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            throw new UsageException(exception.Message);
        }
    }

    private static WebApplication Make(ServerSettings settings, Func<bool> isStarted)
    {
        // The server reads its configuration file and the environment once at startup, so no file is watched.
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Logging.SetMinimumLevel(settings.LogLevel);

        // Commands reports a failed start in one sentence, so the host's own entries are suppressed until then.
        var least = settings.LogLevel > LogLevel.Warning ? settings.LogLevel : LogLevel.Warning;
        builder.Logging.AddFilter("Microsoft", level => level >= least && isStarted());
        var certificate = settings.Tls.IsEnabled ? new CertificateSource(settings.Tls, TimeProvider.System) : null;
        Listeners.AddTo(builder.WebHost, settings, certificate);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ServerStop.GraceOf(settings.ShutdownTimeout));

        settings.Hub.ShutdownTimeout = ServerStop.GraceOf(settings.ShutdownTimeout);

        // Every request to the backend has a time limit of its own.
        settings.Hub.HandlerTimeout = null;

        // Only HTTP stream and SSE clients send commands there.
        settings.Transport.Emulation.IsEnabled = settings.Transport.HttpStream.IsEnabled || settings.Transport.Sse.IsEnabled;
        builder.Services.AddSingleton(Options.Create(settings.Hub));
        builder.Services.AddSingleton(Options.Create(settings.Transport));
        builder.Services.AddDuplex();
        builder.Services.AddDuplexKeySets();
        builder.Services.AddSingleton<ITokenVerifier>(provider => new TokenVerifier(
            settings.ConnectionToken,
            settings.HasSubscriptionTokens ? settings.SubscriptionToken : null,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IHttpClientFactory>(),
            provider.GetRequiredService<ILogger<TokenVerifier>>()));

        foreach (var header in settings.Proxies.KeptHeaders) settings.Transport.KeptHeaders.Add(header);

        var app = builder.Build();
        if (certificate is not null) certificate.Logger = app.Services.GetRequiredService<ILogger<CertificateSource>>();
        app.Services.GetRequiredService<Messaging.Hub>();
        MapBackend(app, settings);
        app.MapDuplex();
        if (settings.HasHealth) app.MapGet(settings.HealthPath, static context => context.Response.WriteAsync("{}")).OnInternalPort(settings);
        if (settings.HasApi) MapApi(app, settings);
        return app;
    }

    private static void MapBackend(WebApplication app, ServerSettings settings)
    {
        // A backend must not exhaust memory with an endless response, nor redirect requests elsewhere.
        var connections = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = ConnectionLifetime,
            PooledConnectionIdleTimeout = IdleTimeout,

            // Header fields of clients' requests are forwarded in the encoding in which they were read.
            RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        };
        var http = new HttpClient(connections)
        {
            MaxResponseContentBufferSize = MaxAnswerBytes,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        var handlers = new ProxyHandlers(
            settings.Proxies, http, app.Services.GetRequiredService<TimeProvider>(), app.Services.GetRequiredService<ILogger<ProxyClient>>());
        var model = app.Services.GetRequiredService<ApplicationModel>();
        if (settings.AnswersPing) model.AddCall(settings.PingMethod, static _ => default);
        handlers.AddTo(model, settings.Hub.Namespaces.Keys, settings.Hub.AllowAnonymous || settings.Hub.IsInsecure);
    }

    private static void MapApi(WebApplication app, ServerSettings settings)
    {
        var api = app.MapDuplexApi(
            api =>
            {
                api.Key = settings.Api.Key;
                api.IsInsecure = settings.Api.IsInsecure;
                api.UsesTransportErrors = settings.Api.UsesTransportErrors;
            },
            settings.ApiPath);
        if (!settings.IsApiExternal) api.OnInternalPort(settings);
    }
}
