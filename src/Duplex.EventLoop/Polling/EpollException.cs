using Duplex.EventLoop.Transport;

namespace Duplex.EventLoop.Polling;

/// <summary>The exception for a permanent failure of epoll.</summary>
internal sealed class EpollException(string operation, int error) : BackEndException(operation, error);
