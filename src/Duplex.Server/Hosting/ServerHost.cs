using System.Text;
using Duplex.AspNetCore.Hosting;
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

/// <summary>Runs the server that the settings describe.</summary>
internal static class ServerHost
{
    /// <summary>Limit: bytes of a backend's answer; a longer one is a failed question.</summary>
    private const int MaxAnswerBytes = 1024 * 1024;

    // Long enough to reuse connections, short enough to follow a backend that moves.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    // Below the 5 s after which Node ends idle connections: no question meets one that is about to end, and a spare one
    // that had no question yet does not keep a backend from stopping.
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(4);

    /// <summary>Makes all of the server but listens nowhere.</summary>
    /// <exception cref="UsageException">Options that are right by themselves are wrong together.</exception>
    public static async Task CheckAsync(ServerSettings settings)
    {
        await Build(settings, static () => false).DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Returns when the server has stopped.</summary>
    /// <exception cref="UsageException">Options that are right by themselves are wrong together.</exception>
    /// <exception cref="IOException">It cannot listen.</exception>
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

    // A back end that the system lacks surfaces as a failure to bind.
    private static string SentenceOf(Exception exception, ServerSettings settings)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is PlatformNotSupportedException) return $"http_server.event_loops: {inner.Message}";
        }

        return Listeners.FaultOf(settings) ?? exception.Message.ReplaceLineEndings(" ");
    }

    // What hub and endpoints find when they are made is what SettingsCheck does not know of.
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
        // The server's configuration is its own file and the environment, read at the start: nothing else is watched.
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Logging.SetMinimumLevel(settings.LogLevel);

        // What keeps the server from starting is said in one sentence by whoever started it.
        var least = settings.LogLevel > LogLevel.Warning ? settings.LogLevel : LogLevel.Warning;
        builder.Logging.AddFilter("Microsoft", level => level >= least && isStarted());
        var certificate = settings.Tls.IsEnabled ? new CertificateSource(settings.Tls, TimeProvider.System) : null;
        Listeners.AddTo(builder.WebHost, settings, certificate);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ServerStop.GraceOf(settings.ShutdownTimeout));

        settings.Hub.ShutdownTimeout = ServerStop.GraceOf(settings.ShutdownTimeout);

        // Every question to the backend has a time limit of its own.
        settings.Hub.HandlerTimeout = null;

        // Nobody else sends commands there.
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
        AskBackend(app, settings);
        app.MapDuplex();
        if (settings.HasHealth) app.MapGet(settings.HealthPath, static context => context.Response.WriteAsync("{}")).OnInternalPort(settings);
        if (settings.HasApi) MapApi(app, settings);
        return app;
    }

    private static void AskBackend(WebApplication app, ServerSettings settings)
    {
        // A backend that answers without end must not fill the memory, nor send questions elsewhere.
        var connections = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = ConnectionLifetime,
            PooledConnectionIdleTimeout = IdleTimeout,

            // Fields of clients' requests are passed on in the encoding in which they were read.
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
