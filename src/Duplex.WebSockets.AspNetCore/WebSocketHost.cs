using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Duplex.Execution;
using Duplex.WebSockets.Diagnostics;
using Duplex.WebSockets.Streams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duplex.WebSockets.AspNetCore;

/// <summary>
/// Represents the state that all WebSocket endpoints of an application share: the shards, the logger, and the connections
/// that are open on Kestrel.
/// </summary>
internal sealed class WebSocketHost
{
    private static readonly ConditionalWeakTable<IServiceProvider, WebSocketHost> Hosts = [];

    // The connections that have not been notified of the stop.
    private readonly ConcurrentDictionary<StreamConnection, byte> _connections = new();
    private readonly CancellationToken _stopping;

    private WebSocketHost(IServiceProvider services)
    {
        var loggers = services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
        var time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        Logger = loggers.CreateLogger("Duplex.WebSockets");
        Refusals = new RefusalLog(Logger, time);
        Shards = new ThreadPoolShards(time, loggers);
        _stopping = services.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
        _stopping.Register(OnStopping);
    }

    public ThreadPoolShards Shards { get; }

    public ILogger Logger { get; }

    public RefusalLog Refusals { get; }

    /// <summary>Returns the host of an application, which is created when the first endpoint is mapped.</summary>
    public static WebSocketHost Of(IServiceProvider services) => Hosts.GetValue(services, static key => new WebSocketHost(key));

    /// <summary>Runs a connection to its end.</summary>
    public async Task RunAsync(StreamConnection connection)
    {
        // Started before it is registered: the shard opens the connection first and notifies it of the stop afterwards.
        var run = connection.RunAsync();
        _connections.TryAdd(connection, 0);
        try
        {
            // The host may have stopped since the handshake.
            if (_stopping.IsCancellationRequested) NotifyOfStop(connection);
            await run.ConfigureAwait(false);
        }
        finally
        {
            _connections.TryRemove(connection, out _);
        }
    }

    private void OnStopping()
    {
        foreach (var (connection, _) in _connections) NotifyOfStop(connection);
    }

    private void NotifyOfStop(StreamConnection connection)
    {
        // Only the caller that removes the connection notifies it, so it is notified once.
        if (_connections.TryRemove(connection, out _)) connection.Shard.Post(static connection => connection.OnStopping(), connection);
    }
}
