using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Showcase.Tests.News;

/// <summary>A server of feeds that counts its responses.</summary>
internal sealed class FeedServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<int> _statuses = [];

    private FeedServer(WebApplication app) => _app = app;

    /// <summary>Responds to each request.</summary>
    public Func<HttpContext, Task> Respond { get; set; } = static _ => Task.CompletedTask;

    /// <summary>The statuses of all responses, in order.</summary>
    public IReadOnlyCollection<int> Statuses => _statuses;

    public Uri Address => new($"{_app.Urls.First()}/feed");

    public static async Task<FeedServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new FeedServer(builder.Build());
        server._app.Run(context =>
        {
            context.Response.OnStarting(() =>
            {
                server._statuses.Enqueue(context.Response.StatusCode);
                return Task.CompletedTask;
            });
            return server.Respond(context);
        });
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>Serves a feed with a tag: 304 for a request that has it.</summary>
    public void Serve(string feed, string etag) => Respond = context =>
    {
        context.Response.Headers.ETag = etag;
        if (context.Request.Headers.IfNoneMatch != etag) return context.Response.WriteAsync(feed);
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return Task.CompletedTask;
    };

    /// <summary>Serves a feed without anything by which a copy could be compared.</summary>
    public void Serve(string feed) => Respond = context => context.Response.WriteAsync(feed);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
