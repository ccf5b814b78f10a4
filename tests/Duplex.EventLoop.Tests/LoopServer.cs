using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Duplex.EventLoop.Hosting;
using Duplex.EventLoop.Loops;
using Duplex.WebSockets.Connections;
using Duplex.WebSockets.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Duplex.EventLoop.Tests;

/// <summary>A web application on event loops, on a free port, whose endpoints a test gives.</summary>
internal sealed class LoopServer : IAsyncDisposable, IUpgradeRouter
{
    private readonly ConcurrentDictionary<string, WebSocketEndpoint> _endpoints = new();
    private WebApplication _app = null!;
    private EventLoopTransport _transport = null!;

    public IPEndPoint Address { get; private set; } = null!;

    public LogRecords Logs { get; } = new();

    public IReadOnlyList<Loop> Loops => _transport.Group!.Loops;

    public static async Task<LoopServer> StartAsync(
        EventLoopBackEnd kind,
        Action<WebApplicationBuilder>? build = null,
        Action<ListenOptions>? listen = null,
        Action<WebApplication>? map = null,
        Action<EventLoopOptions>? options = null)
    {
        BackEnds.SkipIfRefused(kind);
        var server = new LoopServer();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.AddProvider(server.Logs);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IUpgradeRouter>(server);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen ?? (_ => { })));
        builder.WebHost.UseDuplexEventLoops(loops =>
        {
            loops.BackEnd = kind;
            loops.Loops = 2;
            options?.Invoke(loops);
        });
        build?.Invoke(builder);
        server._app = builder.Build();
        server._app.UseRouting();
        map?.Invoke(server._app);
        await server._app.StartAsync(Limit.Token);
        server.Address = IPEndPoint.Parse(new Uri(server._app.Urls.First()).Authority);
        server._transport = server._app.Services.GetServices<IConnectionListenerFactory>().OfType<EventLoopTransport>().Single();
        return server;
    }

    public LoopServer With(string path, IWebSocketHandler handler, WebSocketConnectionOptions? options = null)
    {
        _endpoints[path] = new Endpoint(_ => handler, options ?? new WebSocketConnectionOptions());
        return this;
    }

    public LoopServer With(string path, Func<UpgradeContext, IWebSocketHandler?> accept, WebSocketConnectionOptions? options = null)
    {
        _endpoints[path] = new Endpoint(accept, options ?? new WebSocketConnectionOptions());
        return this;
    }

    public WebSocketEndpoint? Find(ReadOnlySpan<byte> path, ReadOnlySpan<byte> host) =>
        _endpoints.GetValueOrDefault(Encoding.ASCII.GetString(path));

    /// <summary>Runs a function on a loop.</summary>
    public static async Task<T> OnLoop<T>(Loop loop, Func<T> function)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Post(() => result.SetResult(function()));
        return await result.Task.WaitAsync(Limit.Token);
    }

    /// <summary>Waits until a sum over the loops is what it should be.</summary>
    public async Task Until(Func<Loop, int> measure, int expected)
    {
        while (true)
        {
            var sum = 0;
            foreach (var loop in Loops) sum += await OnLoop(loop, () => measure(loop));
            if (sum == expected) return;
            await Task.Yield();
            Limit.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Completes when the host is asked to stop.</summary>
    public Task Stopping
    {
        get
        {
            var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _app.Lifetime.ApplicationStopping.Register(stopping.SetResult);
            return stopping.Task;
        }
    }

    public Task StopAsync() => _app.StopAsync(Limit.Token);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private sealed class Endpoint(Func<UpgradeContext, IWebSocketHandler?> accept, WebSocketConnectionOptions options) : WebSocketEndpoint
    {
        public override WebSocketConnectionOptions Options => options;

        public override IWebSocketHandler? Accept(in UpgradeContext context) => accept(context);
    }
}
