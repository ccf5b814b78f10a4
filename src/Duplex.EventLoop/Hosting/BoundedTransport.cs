using System.Net;
using Duplex.EventLoop.Arrival;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Duplex.EventLoop.Hosting;

/// <summary>
/// Kestrel's own transport for processes where no loops run and descriptors are scarce: it accepts no faster than Kestrel
/// closes connections beyond its limit, so that a burst does not use up the last descriptors.
/// </summary>
internal sealed class BoundedTransport(IOptions<SocketTransportOptions> options, ILoggerFactory loggers)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    /// <summary>Limit: connections accepted beyond the connection limit while Kestrel closes them; further connections wait in the kernel's backlog.</summary>
    private const int MaxExcess = 64;

    private readonly long? _room = ConnectionBudget.OfOpenFiles();
    private readonly SocketTransportFactory _sockets = new(options, loggers);

    // All addresses share the slots.
    private SemaphoreSlim? _slots;

    public bool CanBind(EndPoint endpoint) => ConnectionBudget.IsScarce(_room) && _sockets.CanBind(endpoint);

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        _slots ??= new SemaphoreSlim((int)_room! + MaxExcess);
        return new BoundedListener(await _sockets.BindAsync(endpoint, cancellationToken).ConfigureAwait(false), _slots);
    }
}
