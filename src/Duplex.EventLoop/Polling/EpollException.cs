using Duplex.EventLoop.Transport;

namespace Duplex.EventLoop.Polling;

/// <summary>epoll cannot be had.</summary>
internal sealed class EpollException(string operation, int error) : BackEndException(operation, error);
