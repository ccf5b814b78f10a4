using System.Net;
using System.Net.Sockets;
using Duplex.EventLoop.Arrival;
using Duplex.EventLoop.Loops;
using Duplex.Execution;
using Duplex.Protocol.Handshake;
using Duplex.WebSockets.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Duplex.EventLoop.Hosting;

/// <summary>
/// Kestrel's transport where loops run: the loops accept connections, keep the WebSockets and hand every other
/// connection over to Kestrel. Where no loops can run it declines to bind, and Kestrel uses its own transport.
/// </summary>
internal sealed class EventLoopTransport : IConnectionListenerFactory, IConnectionListenerFactorySelector, IAsyncDisposable
{
    private readonly EventLoopOptions _options;
    private readonly IServiceProvider _services;
    private readonly ILoggerFactory _loggers;
    private readonly SocketTransportOptions _socketOptions;
    private readonly Lazy<RefusalLog> _refusals;
    private readonly Lazy<LoopGroup?> _group;
    private readonly SocketConnectionContextFactory _connections;
    private bool _isLimited;

    public EventLoopTransport(
        IOptions<EventLoopOptions> options,
        IOptions<SocketTransportOptions> socketOptions,
        IServiceProvider services,
        ILoggerFactory loggers,
        IHostApplicationLifetime lifetime)
    {
        _options = options.Value;
        _socketOptions = socketOptions.Value;
        _services = services;
        _loggers = loggers;
        _refusals = new Lazy<RefusalLog>(() => new RefusalLog(loggers.CreateLogger("Duplex.EventLoop"), services.GetService<TimeProvider>() ?? TimeProvider.System));
        _connections = new SocketConnectionContextFactory(FactoryOptions(_socketOptions), loggers.CreateLogger("Duplex.EventLoop.Handover"));
        // Probing takes a few milliseconds, once, while the server starts.
        _group = new Lazy<LoopGroup?>(() => LoopGroup.StartAsync(
            _options,
            services.GetService<TimeProvider>() ?? TimeProvider.System,
            GuardedLogger.Of(loggers.CreateLogger("Duplex.EventLoop")),
            // The callbacks of StopApplication may wait for the loop, so they must not run on it.
            () => ThreadPool.QueueUserWorkItem(static host => ((IHostApplicationLifetime)host!).StopApplication(), lifetime)).GetAwaiter().GetResult());
        lifetime.ApplicationStopping.Register(() =>
        {
            if (_group.IsValueCreated) _group.Value?.CloseConnections();
        });
    }

    /// <summary>The loops; null until an address is bound.</summary>
    internal LoopGroup? Group => _group.IsValueCreated ? _group.Value : null;

    public bool CanBind(EndPoint endpoint) => endpoint is IPEndPoint address && _options.Takes(address) && _group.Value is not null;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var group = _group.Value ?? throw new NotSupportedException("No event loops run in this process.");
        if (!_isLimited)
        {
            var limits = _services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;
            group.Limit(new ConnectionBudget(limits.MaxConcurrentConnections), new ConnectionBudget(limits.MaxConcurrentUpgradedConnections));
            _isLimited = true;
        }

        Socket? socket = null;
        try
        {
            socket = _socketOptions.CreateBoundListenSocket(endpoint);
            return ValueTask.FromResult<IConnectionListener>(new EventLoopListener(socket, _socketOptions, _connections, (address, handOver) => new ArrivalContext
            {
                Group = group,
                Logger = GuardedLogger.Of(_loggers.CreateLogger("Duplex.EventLoop")),
                Router = _services.GetService<IUpgradeRouter>(),
                // Not resolved in the constructor: the server depends on this transport.
                Scheme = new ListenerScheme(_services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>(), address),
                HandOver = handOver,
                Refusals = _refusals.Value,
                HandshakeLimits = LimitsOf(_services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits),
                HeadTimeout = _options.HeadTimeout,
                Forwarded = new ForwardedAddress(_services.GetRequiredService<IOptions<ForwardedHeadersOptions>>().Value),
            }));
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            // The exception that Kestrel's own transport throws.
            socket?.Dispose();
            throw new AddressInUseException(exception.Message, exception);
        }
        catch
        {
            socket?.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_group.IsValueCreated && _group.Value is { } group) await group.DisposeAsync().ConfigureAwait(false);
        _connections.Dispose();
    }

    // Larger heads go to Kestrel, which applies its own limits.
    private static HandshakeLimits LimitsOf(KestrelServerLimits limits) => new()
    {
        MaxRequestLineBytes = Math.Min(limits.MaxRequestLineSize, Loop.MaxPeekBytes),
        MaxHeadBytes = Math.Min(limits.MaxRequestHeadersTotalSize, Loop.MaxPeekBytes),
        MaxHeaderCount = limits.MaxRequestHeaderCount,
    };

    private static SocketConnectionFactoryOptions FactoryOptions(SocketTransportOptions options) => new()
    {
        IOQueueCount = options.IOQueueCount,
        WaitForDataBeforeAllocatingBuffer = options.WaitForDataBeforeAllocatingBuffer,
        MaxReadBufferSize = options.MaxReadBufferSize,
        MaxWriteBufferSize = options.MaxWriteBufferSize,
        UnsafePreferInlineScheduling = options.UnsafePreferInlineScheduling,
    };
}
